import type { Labels, ServerConfig, User } from '../api/types'
import { VideoPrivacy } from '../api/types'
import type { EditableVideo, VideoAttributes } from '../api/video-edit'
import { splitTags, tagsFault } from '../text/tags'

/** What the form of a video holds; select elements know strings only, '' for nothing chosen. */
export interface Draft {
  name: string
  channel: string
  /** A privacy, or `scheduled`. */
  privacy: string
  /** What a scheduled video becomes. */
  scheduledPrivacy: string
  /** As a datetime-local field writes it. */
  scheduledAt: string
  /** One per line. */
  passwords: string
  description: string
  support: string
  tags: string
  category: string
  licence: string
  language: string
  commentsPolicy: string
  downloadEnabled: boolean
  waitTranscoding: boolean
  nsfw: boolean
  nsfwViolent: boolean
  nsfwSexual: boolean
  nsfwSummary: string
  originallyPublishedAt: string
}

export type DraftField = keyof Draft
export type Faults = Partial<Record<DraftField, string>>

/** Stands in the list of privacies for "private now, public later". */
export const scheduled = 'scheduled'

/** PeerTube's limits, in characters. */
export const nameLimits = { min: 3, max: 120 } as const
export const textLimits = {
  description: { min: 3, max: 10_000 },
  support: { min: 3, max: 1000 },
  nsfwSummary: { min: 3, max: 250 }
} as const
export const passwordLimits = { min: 2, max: 100 } as const

/** PeerTube's policies for comments. */
export const commentsPolicies: Choice[] = [
  { value: '1', label: 'Everybody may comment' },
  { value: '3', label: 'Comments wait for my approval' },
  { value: '2', label: 'No comments' }
]

/** PeerTube's flags of sensitive content. */
const nsfwFlag = { violent: 1, sexual: 2 } as const

/** A title from a file name: without its extension, with spaces for the signs people use in their place. */
export function titleOf(fileName: string): string {
  const title = fileName
    .replace(/\.[^.]+$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, nameLimits.max)
  return title.length < nameLimits.min ? `${title} video`.trim() : title
}

export function emptyDraft(
  name: string,
  user: Pick<User, 'videoChannels'>,
  config: ServerConfig | null
): Draft {
  const defaults = config?.defaults?.publish
  const channel = user.videoChannels[0]
  return {
    name,
    channel: String(channel?.id ?? ''),
    privacy: String(defaults?.privacy ?? VideoPrivacy.Public),
    scheduledPrivacy: String(VideoPrivacy.Public),
    scheduledAt: '',
    passwords: '',
    description: '',
    support: channel?.support ?? '',
    tags: '',
    category: '',
    licence: defaults?.licence ? String(defaults.licence) : '',
    language: '',
    commentsPolicy: String(defaults?.commentsPolicy ?? 1),
    downloadEnabled: defaults?.downloadEnabled ?? true,
    waitTranscoding: true,
    nsfw: false,
    nsfwViolent: false,
    nsfwSexual: false,
    nsfwSummary: '',
    originallyPublishedAt: ''
  }
}

/** The draft of a video that exists. */
export function draftOf(video: EditableVideo, passwords: string[]): Draft {
  const text = (value: string | number | null | undefined) => String(value ?? '')
  const update = video.scheduledUpdate
  const flags = video.nsfwFlags ?? 0
  return {
    name: video.name,
    channel: String(video.channel.id),
    privacy: update ? scheduled : String(video.privacy.id),
    scheduledPrivacy: String(update?.privacy ?? VideoPrivacy.Public),
    scheduledAt: update ? localTime(update.updateAt) : '',
    passwords: passwords.join('\n'),
    description: text(video.description),
    support: text(video.support),
    tags: video.tags.join(', '),
    category: text(video.category.id),
    licence: text(video.licence.id),
    language: text(video.language.id),
    commentsPolicy: String(video.commentsPolicy?.id ?? (video.commentsEnabled === false ? 2 : 1)),
    downloadEnabled: video.downloadEnabled ?? true,
    waitTranscoding: video.waitTranscoding ?? true,
    nsfw: video.nsfw,
    nsfwViolent: (flags & nsfwFlag.violent) !== 0,
    nsfwSexual: (flags & nsfwFlag.sexual) !== 0,
    nsfwSummary: text(video.nsfwSummary),
    originallyPublishedAt: video.originallyPublishedAt
      ? localTime(video.originallyPublishedAt).slice(0, 10)
      : ''
  }
}

/** What the server gets. */
export function attributesOf(draft: Draft): VideoAttributes {
  const number = (text: string) => (text === '' ? null : Number(text))
  const text = (value: string) => value.trim() || null
  const isScheduled = draft.privacy === scheduled
  const attributes: VideoAttributes = {
    name: draft.name.trim(),
    channelId: Number(draft.channel),
    privacy: isScheduled ? VideoPrivacy.Private : Number(draft.privacy),
    scheduleUpdate: isScheduled
      ? { updateAt: new Date(draft.scheduledAt).toISOString(), privacy: Number(draft.scheduledPrivacy) }
      : null,
    description: text(draft.description),
    support: text(draft.support),
    tags: splitTags(draft.tags),
    category: number(draft.category),
    licence: number(draft.licence),
    language: draft.language || null,
    commentsPolicy: Number(draft.commentsPolicy),
    downloadEnabled: draft.downloadEnabled,
    waitTranscoding: draft.waitTranscoding,
    nsfw: draft.nsfw,
    nsfwFlags: draft.nsfw ? flagsOf(draft) : 0,
    nsfwSummary: draft.nsfw ? text(draft.nsfwSummary) : null,
    originallyPublishedAt: draft.originallyPublishedAt
      ? new Date(`${draft.originallyPublishedAt}T00:00`).toISOString()
      : null
  }
  if (attributes.privacy === VideoPrivacy.PasswordProtected) attributes.videoPasswords = passwordsOf(draft)
  return attributes
}

function flagsOf(draft: Draft): number {
  return (draft.nsfwViolent ? nsfwFlag.violent : 0) | (draft.nsfwSexual ? nsfwFlag.sexual : 0)
}

export function passwordsOf(draft: Pick<Draft, 'passwords'>): string[] {
  const lines = draft.passwords.split('\n').map((line) => line.trim())
  return [...new Set(lines.filter((line) => line !== ''))]
}

/** Message by field; empty when the draft can be sent. */
export function faultsOf(draft: Draft, now: Date): Faults {
  const faults: Faults = {}
  const length = draft.name.trim().length
  if (length < nameLimits.min || length > nameLimits.max) {
    faults.name = `A title has ${nameLimits.min} to ${nameLimits.max} characters, this one has ${length}.`
  }
  if (draft.channel === '') faults.channel = 'Choose a channel.'
  for (const [field, { min, max }] of Object.entries(textLimits) as [
    keyof typeof textLimits,
    { min: number; max: number }
  ][]) {
    const characters = draft[field].trim().length
    if (characters > 0 && (characters < min || characters > max)) {
      faults[field] = `This has ${min} to ${max} characters or is left empty; there are ${characters}.`
    }
  }
  const tags = tagsFault(splitTags(draft.tags))
  if (tags) faults.tags = tags
  return { ...faults, ...privacyFaults(draft, now), ...dateFaults(draft, now) }
}

function privacyFaults(draft: Draft, now: Date): Faults {
  if (draft.privacy === scheduled) {
    const at = new Date(draft.scheduledAt)
    if (Number.isNaN(at.getTime())) return { scheduledAt: 'Give a day and a time.' }
    return at > now ? {} : { scheduledAt: 'This moment has passed. Choose one to come.' }
  }
  if (draft.privacy !== String(VideoPrivacy.PasswordProtected)) return {}
  const passwords = passwordsOf(draft)
  if (passwords.length === 0) return { passwords: 'Give at least one password.' }
  const bad = passwords.find(({ length }) => length < passwordLimits.min || length > passwordLimits.max)
  return bad === undefined
    ? {}
    : {
        passwords: `A password has ${passwordLimits.min} to ${passwordLimits.max} characters, “${bad}” has ${bad.length}.`
      }
}

function dateFaults(draft: Draft, now: Date): Faults {
  if (draft.originallyPublishedAt === '') return {}
  const at = new Date(`${draft.originallyPublishedAt}T00:00`)
  if (Number.isNaN(at.getTime())) return { originallyPublishedAt: 'This is no date.' }
  return at <= now ? {} : { originallyPublishedAt: 'A video cannot have been published in the future.' }
}

/** An ISO moment as a datetime-local field wants it, in the time of this place. */
export function localTime(iso: string): string {
  const at = new Date(iso)
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** The file's extension with its dot, in lower case; '' without one. */
export function extensionOf(fileName: string): string {
  return /\.[^.]+$/.exec(fileName)?.[0].toLowerCase() ?? ''
}

export interface Choice {
  value: string
  label: string
}

export function choices(labels: Labels): Choice[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }))
}

export function byLabel(labels: Labels): Choice[] {
  return choices(labels).sort((a, b) => a.label.localeCompare(b.label))
}

/** The privacies of the server, and the one that comes by itself later. */
export function offeredPrivacies(labels: Labels): Choice[] {
  return [...choices(labels), { value: scheduled, label: 'Scheduled' }]
}

/** What a privacy means, for people who meet the word here first. */
export const privacyHints: Record<string, string> = {
  [VideoPrivacy.Public]: 'Everybody can find and watch it.',
  [VideoPrivacy.Unlisted]: 'Only those who have the link can watch it.',
  [VideoPrivacy.Private]: 'Only you can watch it.',
  [VideoPrivacy.Internal]: 'Everybody with an account on this server can watch it.',
  [VideoPrivacy.PasswordProtected]: 'Only those who know one of its passwords can watch it.',
  [scheduled]: 'Only you can watch it until the moment you choose.'
}
