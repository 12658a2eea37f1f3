import { request, type RequestOptions } from './request'
import type { Labels, Page, Transcoding, Video, VideoSummary } from './types'
import { passwordHeader } from './watch'

/** Filters of a list, by PeerTube's names; what is undefined or empty does not narrow it. */
export type VideoFilters = NonNullable<RequestOptions['query']>

export function listVideos(
  filters: VideoFilters,
  start: number,
  count: number,
  signal?: AbortSignal
): Promise<Page<VideoSummary>> {
  return request('/videos', { query: { ...filters, start, count }, signal })
}

export function newestVideos(
  start: number,
  count: number,
  signal?: AbortSignal
): Promise<Page<VideoSummary>> {
  return listVideos({ sort: '-publishedAt' }, start, count, signal)
}

export function video(id: string, signal?: AbortSignal): Promise<Video> {
  return request(`/videos/${encodeURIComponent(id)}`, { signal })
}

export interface VideoChange {
  name: string
  description: string | null
  privacy: number
}

export function changeVideo(uuid: string, change: VideoChange): Promise<void> {
  return request(`/videos/${uuid}`, { method: 'PUT', json: change })
}

export function deleteVideo(uuid: string): Promise<void> {
  return request(`/videos/${uuid}`, { method: 'DELETE' })
}

/** How far the transcoding of a video is. For its owner and for administrators. */
export function transcoding(uuid: string, signal?: AbortSignal): Promise<Transcoding> {
  return request(`/videos/${uuid}/transcoding`, { signal })
}

export interface ViewReport {
  /** Whole seconds from the beginning. */
  currentTime: number
  viewEvent?: 'seek'
  sessionId: string
}

export function reportView(
  uuid: string,
  report: ViewReport,
  keepalive = false,
  password: string | null = null
): Promise<void> {
  const headers = passwordHeader(password)
  return request(`/videos/${uuid}/views`, { method: 'POST', json: report, keepalive, headers })
}

export type Vocabulary = 'categories' | 'licences' | 'languages' | 'privacies'

export function labels(vocabulary: Vocabulary, signal?: AbortSignal): Promise<Labels> {
  return request(`/videos/${vocabulary}`, { signal })
}
