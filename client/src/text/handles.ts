/** PeerTube's rule for names of accounts and channels. */
const pattern = /^[a-z0-9_.]+$/

export const handleLimits = { min: 1, max: 50 } as const
export const displayNameLimits = { min: 1, max: 120 } as const

/** What is wrong with the name of an account or channel, or null. */
export function handleFault(name: string): string | null {
  if (name === '') return 'Give a name.'
  if (name.length > handleLimits.max) return `A name has up to ${handleLimits.max} characters.`
  if (!pattern.test(name)) return 'A name has small letters, digits, “_” and “.” only.'
  return null
}

/** A name that fits, made of what a person is called. */
export function handleFrom(displayName: string): string {
  return displayName
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, handleLimits.max)
}
