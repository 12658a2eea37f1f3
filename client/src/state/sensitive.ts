import { instance } from './instance.svelte'
import { session } from './session.svelte'

/** What is done with sensitive videos: the user's choice, else the site's. */
function policy(): string {
  return session.user?.nsfwPolicy ?? instance.config?.instance.defaultNSFWPolicy ?? 'do_not_list'
}

/** Whether the picture of a sensitive video is made unrecognisable in lists. */
export function isBlurred(video: { nsfw: boolean }): boolean {
  return video.nsfw && policy() === 'blur'
}

/** Whether somebody is asked before a sensitive video is shown. */
export function needsConsent(video: { nsfw: boolean }): boolean {
  return video.nsfw && policy() !== 'display'
}
