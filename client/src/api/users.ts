import { request } from './request'
import type { ActorImage, Page, User, VideoSummary } from './types'

export function me(signal?: AbortSignal): Promise<User> {
  return request('/users/me', { signal })
}

export interface MyVideosQuery {
  start: number
  count: number
  sort: string
  search?: string
  channelId?: number
  privacyOneOf?: number
}

export function myVideos(query: MyVideosQuery, signal?: AbortSignal): Promise<Page<VideoSummary>> {
  return request('/users/me/videos', { query: { ...query }, signal })
}

export interface MyChange {
  displayName?: string
  description?: string | null
  currentPassword?: string
  password?: string
  email?: string
  nsfwPolicy?: string
  autoPlayVideo?: boolean
  autoPlayNextVideo?: boolean
  p2pEnabled?: boolean
  videoLanguages?: string[] | null
  videosHistoryEnabled?: boolean
}

export function changeMe(change: MyChange): Promise<void> {
  return request('/users/me', { method: 'PUT', json: change })
}

export function deleteMe(): Promise<void> {
  return request('/users/me', { method: 'DELETE' })
}

export function saveMyAvatar(picture: File): Promise<{ avatars: ActorImage[] }> {
  const form = new FormData()
  form.set('avatarfile', picture, picture.name)
  return request('/users/me/avatar/pick', { method: 'POST', form })
}

export function deleteMyAvatar(): Promise<void> {
  return request('/users/me/avatar', { method: 'DELETE' })
}

export interface QuotaUsed {
  videoQuotaUsed: number
  videoQuotaUsedDaily: number
}

export function quotaUsed(signal?: AbortSignal): Promise<QuotaUsed> {
  return request('/users/me/video-quota-used', { signal })
}

/** A video somebody has begun to watch. */
export interface WatchedVideo extends VideoSummary {
  /** Seconds from the beginning. */
  userHistory?: { currentTime: number }
}

export function watchHistory(
  start: number,
  count: number,
  search: string,
  signal?: AbortSignal
): Promise<Page<WatchedVideo>> {
  return request('/users/me/history/videos', { query: { start, count, search: search || undefined }, signal })
}

export function forgetWatched(videoId: number): Promise<void> {
  return request(`/users/me/history/videos/${videoId}`, { method: 'DELETE' })
}

export function forgetAllWatched(): Promise<void> {
  return request('/users/me/history/videos/remove', { method: 'POST', json: {} })
}
