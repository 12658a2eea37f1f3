import { request } from './request'
import type { Page, StreamingPlaylist, VideoFile, VideoSummary } from './types'

/** PeerTube's bits of what a list of videos takes in besides the public ones. */
const include = { notPublished: 1, blacklisted: 2, blockedOwner: 4, files: 8 } as const

export interface AdminVideo extends VideoSummary {
  files?: VideoFile[]
  streamingPlaylists?: StreamingPlaylist[]
  blacklisted?: boolean
}

export interface AdminVideosQuery {
  start: number
  count: number
  sort: string
  search?: string
  isLocal?: boolean
  privacyOneOf?: number[]
  hasHLSFiles?: boolean
  hasWebVideoFiles?: boolean
  isLive?: boolean
}

/** Every video, whoever owns it and whatever its state. */
export function allVideos(query: AdminVideosQuery, signal?: AbortSignal): Promise<Page<AdminVideo>> {
  const bits = include.notPublished | include.blacklisted | include.blockedOwner | include.files
  return request('/videos', { query: { ...query, include: bits, nsfw: 'both' }, signal })
}

export type FilesKind = 'hls' | 'web-videos'

export function deleteFiles(uuid: string, kind: FilesKind): Promise<void> {
  return request(`/videos/${uuid}/${kind}`, { method: 'DELETE' })
}

export function runTranscoding(uuid: string, transcodingType: 'hls' | 'web-video'): Promise<void> {
  return request(`/videos/${uuid}/transcoding`, { method: 'POST', json: { transcodingType } })
}
