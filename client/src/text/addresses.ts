import type { ActorSummary } from '../api/types'

/** The name of an actor as addresses use it: bare when it lives here, with its host when it does not. */
export function handle(actor: Pick<ActorSummary, 'name' | 'host'>, here = window.location.host): string {
  return actor.host === here || actor.host === '' ? actor.name : `${actor.name}@${actor.host}`
}

export function watchPath(video: { shortUUID: string }): string {
  return `/w/${video.shortUUID}`
}

/** PeerTube's address of a thread, which the page of the video shows first; of an answer in it, with its place. */
export function commentPath(
  video: { shortUUID: string } | { uuid: string },
  { id, threadId }: { id: number; threadId: number }
): string {
  const address = `/w/${'shortUUID' in video ? video.shortUUID : video.uuid};threadId=${threadId}`
  return id === threadId ? address : `${address}#comment-${id}`
}

export function channelPath(channel: ActorSummary & { isLocal?: boolean }): string {
  return `/c/${channel.isLocal ? channel.name : handle(channel)}/videos`
}

export function accountPath(account: ActorSummary): string {
  return `/a/${handle(account)}/video-channels`
}

export function tagPath(tag: string): string {
  return `/search?tagsOneOf=${encodeURIComponent(tag)}`
}
