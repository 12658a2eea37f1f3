import { request } from './request'
import type { Account, Channel, Page, VideoSummary } from './types'

/** `handle` is a name, with @host when it lives elsewhere. */
export function account(handle: string, signal?: AbortSignal): Promise<Account> {
  return request(`/accounts/${encodeURIComponent(handle)}`, { signal })
}

export function accountVideos(
  handle: string,
  start: number,
  count: number,
  signal?: AbortSignal
): Promise<Page<VideoSummary>> {
  return request(`/accounts/${encodeURIComponent(handle)}/videos`, {
    query: { start, count, sort: '-publishedAt' },
    signal
  })
}

export function accountChannels(handle: string, signal?: AbortSignal): Promise<Page<Channel>> {
  return request(`/accounts/${encodeURIComponent(handle)}/video-channels`, {
    query: { start: 0, count: 100 },
    signal
  })
}

export function channel(handle: string, signal?: AbortSignal): Promise<Channel> {
  return request(`/video-channels/${encodeURIComponent(handle)}`, { signal })
}

export function channelVideos(
  handle: string,
  start: number,
  count: number,
  signal?: AbortSignal
): Promise<Page<VideoSummary>> {
  return request(`/video-channels/${encodeURIComponent(handle)}/videos`, {
    query: { start, count, sort: '-publishedAt' },
    signal
  })
}
