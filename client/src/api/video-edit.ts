import { request } from './request'
import type { Chapter, Labelled, Page, Video } from './types'

/** The fields of a video as its owner may set them. */
export interface VideoAttributes {
  name: string
  channelId: number
  privacy: number
  videoPasswords?: string[]
  scheduleUpdate: { updateAt: string; privacy: number } | null
  description: string | null
  support: string | null
  tags: string[]
  category: number | null
  licence: number | null
  language: string | null
  commentsPolicy: number
  downloadEnabled: boolean
  waitTranscoding: boolean
  nsfw: boolean
  nsfwFlags: number
  nsfwSummary: string | null
  originallyPublishedAt: string | null
}

/** What only those see who may change the video, or what only they need. */
export interface EditableVideo extends Video {
  nsfwFlags?: number
  nsfwSummary?: string | null
}

export function editableVideo(id: string, signal?: AbortSignal): Promise<EditableVideo> {
  return request(`/videos/${encodeURIComponent(id)}`, { signal })
}

export function saveVideo(uuid: string, attributes: Partial<VideoAttributes>): Promise<void> {
  return request(`/videos/${uuid}`, { method: 'PUT', json: attributes })
}

/** A video that is protected by passwords wants them with every change. */
export function saveThumbnail(uuid: string, picture: Blob, passwords: string[] = []): Promise<void> {
  const form = new FormData()
  passwords.forEach((password, index) => form.set(`videoPasswords[${index}]`, password))
  form.set('thumbnailfile', picture, picture instanceof File ? picture.name : 'thumbnail.jpg')
  return request(`/videos/${uuid}`, { method: 'PUT', form })
}

export interface VideoPassword {
  id: number
  password: string
}

export function videoPasswords(uuid: string): Promise<Page<VideoPassword>> {
  return request(`/videos/${uuid}/passwords`, { query: { start: 0, count: 100 } })
}

export function saveCaption(uuid: string, language: string, file: File): Promise<void> {
  const form = new FormData()
  form.set('captionfile', file, file.name)
  return request(`/videos/${uuid}/captions/${language}`, { method: 'PUT', form })
}

export function deleteCaption(uuid: string, language: string): Promise<void> {
  return request(`/videos/${uuid}/captions/${language}`, { method: 'DELETE' })
}

export function saveChapters(uuid: string, list: Chapter[]): Promise<void> {
  return request(`/videos/${uuid}/chapters`, { method: 'PUT', json: { chapters: list } })
}

/** The file a video was made of. */
export interface VideoSource {
  inputFilename?: string
  filename?: string
  fileDownloadUrl?: string | null
  resolution?: Labelled
  width?: number | null
  height?: number | null
  /** Bytes. */
  size?: number | null
  fps?: number | null
  createdAt: string
}

export function videoSource(uuid: string): Promise<VideoSource> {
  return request(`/videos/${uuid}/source`)
}
