import { request } from './request'
import type { ActorImage, Channel, Page } from './types'

export interface ChannelWithStats extends Channel {
  videosCount?: number
  totalViews?: number
}

export function channelsOf(
  account: string,
  start: number,
  count: number,
  signal?: AbortSignal
): Promise<Page<ChannelWithStats>> {
  return request(`/accounts/${encodeURIComponent(account)}/video-channels`, {
    query: { start, count, sort: '-createdAt', withStats: true },
    signal
  })
}

export interface ChannelText {
  displayName: string
  description: string | null
  support: string | null
}

export function createChannel(name: string, text: ChannelText): Promise<{ videoChannel: { id: number } }> {
  return request('/video-channels', { method: 'POST', json: { name, ...text } })
}

export function saveChannel(
  name: string,
  text: ChannelText & { bulkVideosSupportUpdate?: boolean }
): Promise<void> {
  return request(`/video-channels/${encodeURIComponent(name)}`, { method: 'PUT', json: text })
}

export function deleteChannel(name: string): Promise<void> {
  return request(`/video-channels/${encodeURIComponent(name)}`, { method: 'DELETE' })
}

export type ChannelPicture = 'avatar' | 'banner'

export function saveChannelPicture(
  name: string,
  kind: ChannelPicture,
  picture: File
): Promise<Record<string, ActorImage[]>> {
  const form = new FormData()
  form.set(`${kind}file`, picture, picture.name)
  return request(`/video-channels/${encodeURIComponent(name)}/${kind}/pick`, { method: 'POST', form })
}

export function deleteChannelPicture(name: string, kind: ChannelPicture): Promise<void> {
  return request(`/video-channels/${encodeURIComponent(name)}/${kind}`, { method: 'DELETE' })
}
