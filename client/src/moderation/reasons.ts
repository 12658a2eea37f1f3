import type { Reason, Reported } from '../api/abuses'

interface OfferedReason {
  id: Reason
  label: string
  help: string
  /** Only videos have it. */
  isOfVideos?: boolean
}

/** PeerTube's reasons for a report. */
export const reasons: readonly OfferedReason[] = [
  {
    id: 'violentOrRepulsive',
    label: 'Violent or repulsive',
    help: 'It shows or describes violence, or means to disgust.'
  },
  {
    id: 'hatefulOrAbusive',
    label: 'Hateful or abusive',
    help: 'It attacks people, or groups of people, for what they are.'
  },
  {
    id: 'spamOrMisleading',
    label: 'Spam or misleading',
    help: 'Advertising, fraud, or false news. Say where the truth can be read.'
  },
  {
    id: 'privacy',
    label: 'Private matters',
    help: 'It tells who or where somebody is, or how to reach them, without their consent.'
  },
  { id: 'rights', label: 'Copyright', help: 'It uses a work of yours without permission.' },
  {
    id: 'serverRules',
    label: 'Rules of this site',
    help: 'Something else that its terms or its code of conduct forbid.'
  },
  {
    id: 'thumbnails',
    label: 'The thumbnail',
    help: 'What is wrong shows in the thumbnail only.',
    isOfVideos: true
  },
  {
    id: 'captions',
    label: 'The captions',
    help: 'What is wrong stands in the captions only. Say in which.',
    isOfVideos: true
  }
]

export function reasonsFor(what: Reported): readonly OfferedReason[] {
  return reasons.filter(({ isOfVideos }) => !isOfVideos || 'video' in what)
}

export function reasonLabel(id: Reason): string {
  return reasons.find((reason) => reason.id === id)?.label ?? id
}

/** PeerTube's limits of what is written about a report: reason, note and message. */
export const textLimits = { min: 2, max: 3000 } as const

/** What is wrong with such a text, or null. */
export function textFault(text: string): string | null {
  const length = text.trim().length
  if (length >= textLimits.min && length <= textLimits.max) return null
  return length < textLimits.min
    ? 'Write a few words.'
    : `There are up to ${textLimits.max} characters; you have ${length}.`
}
