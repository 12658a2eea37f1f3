import { request } from './request'
import type { Page, User, VideoSummary } from './types'

export function me(signal?: AbortSignal): Promise<User> {
  return request('/users/me', { signal })
}

export function myVideos(start: number, count: number, signal?: AbortSignal): Promise<Page<VideoSummary>> {
  return request('/users/me/videos', { query: { start, count, sort: '-createdAt' }, signal })
}
