import { request, type RequestOptions } from './request'
import type { Channel, Page, VideoSummary } from './types'

type Query = NonNullable<RequestOptions['query']>

export function searchVideos(
  search: string,
  filters: Query,
  start: number,
  count: number,
  signal?: AbortSignal
): Promise<Page<VideoSummary>> {
  const text = search === '' ? undefined : search
  return request('/search/videos', { query: { ...filters, search: text, start, count }, signal })
}

export function searchChannels(
  search: string,
  start: number,
  count: number,
  signal?: AbortSignal
): Promise<Page<Channel>> {
  return request('/search/video-channels', { query: { search, start, count }, signal })
}
