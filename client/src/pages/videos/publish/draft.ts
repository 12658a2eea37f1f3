import type { Labels } from '../../../api/types'
import { VideoPrivacy } from '../../../api/types'
import type { UploadFields } from '../../../api/upload'
import { splitTags, tagsFault } from '../../../text/tags'

/** What the form holds; select elements know strings only, '' for nothing chosen. */
export interface Draft {
  name: string
  channel: string
  privacy: string
  description: string
  tags: string
  category: string
  licence: string
  language: string
  waitTranscoding: boolean
}

/** PeerTube's limits of a title and a description, in characters. */
export const nameLimits = { min: 3, max: 120 } as const
export const descriptionLimit = 10_000

/** A title from a file name: without its extension, with spaces for the signs people use in their place. */
export function titleOf(fileName: string): string {
  return fileName
    .replace(/\.[^.]+$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim()
    .slice(0, nameLimits.max)
}

export function fieldsOf(draft: Draft): UploadFields {
  const number = (text: string) => (text === '' ? null : Number(text))
  return {
    name: draft.name.trim(),
    channelId: Number(draft.channel),
    privacy: Number(draft.privacy),
    description: draft.description.trim(),
    tags: splitTags(draft.tags),
    category: number(draft.category),
    licence: number(draft.licence),
    language: draft.language === '' ? null : draft.language,
    waitTranscoding: draft.waitTranscoding
  }
}

/** Message by field; empty when the draft can be sent. */
export function faultsOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const faults: Partial<Record<keyof Draft, string>> = {}
  const length = draft.name.trim().length
  if (length < nameLimits.min || length > nameLimits.max) {
    faults.name = `A title has ${nameLimits.min} to ${nameLimits.max} characters, this one has ${length}.`
  }
  if (draft.channel === '') faults.channel = 'Choose a channel.'
  const description = draft.description.trim().length
  if (description > 0 && (description < 3 || description > descriptionLimit)) {
    faults.description = `A description has 3 to ${descriptionLimit} characters, this one has ${description}.`
  }
  const tags = tagsFault(splitTags(draft.tags))
  if (tags) faults.tags = tags
  return faults
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

/** A password is nothing this form can ask for. */
export function offeredPrivacies(labels: Labels): Choice[] {
  return choices(labels).filter(({ value }) => Number(value) !== VideoPrivacy.PasswordProtected)
}

/** What a privacy means, for people who meet the word here first. */
export const privacyHints: Record<string, string> = {
  [VideoPrivacy.Public]: 'Everybody can find and watch it.',
  [VideoPrivacy.Unlisted]: 'Only those who have the link can watch it.',
  [VideoPrivacy.Private]: 'Only you can watch it.',
  [VideoPrivacy.Internal]: 'Everybody with an account on this server can watch it.'
}
