/** PeerTube's limits: five tags of 2 to 30 characters. */
export const tagLimits = { count: 5, min: 2, max: 30 } as const

/** The tags in a comma-separated text, without repetitions. */
export function splitTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim())
  return [...new Set(tags.filter((tag) => tag !== ''))]
}

/** What is wrong with a list of tags, or null. */
export function tagsFault(tags: string[]): string | null {
  if (tags.length > tagLimits.count) return `At most ${tagLimits.count} tags, these are ${tags.length}.`
  const bad = tags.find((tag) => tag.length < tagLimits.min || tag.length > tagLimits.max)
  return bad === undefined
    ? null
    : `A tag has ${tagLimits.min} to ${tagLimits.max} characters, “${bad}” has ${bad.length}.`
}
