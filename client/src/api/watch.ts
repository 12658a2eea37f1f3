import { request } from './request'
import type { Caption, Chapter, Page, Rating, Storyboard, Video } from './types'

/** Opens videos that are protected by a password; sent with every request about one. */
export function passwordHeader(password: string | null): Record<string, string> {
  return password === null ? {} : { 'x-peertube-video-password': password }
}

interface Asked {
  password?: string | null
  signal?: AbortSignal
}

function about<T>(uuid: string, what: string, { password = null, signal }: Asked): Promise<T> {
  return request(`/videos/${encodeURIComponent(uuid)}${what}`, { headers: passwordHeader(password), signal })
}

export function watchedVideo(id: string, asked: Asked = {}): Promise<Video> {
  return about(id, '', asked)
}

/** A token that opens the files of a restricted video to a plain address; it goes into `videoFileToken`. */
export async function fileToken(uuid: string, { password = null, signal }: Asked = {}): Promise<string> {
  const answer = await request<{ files: { token: string } }>(`/videos/${uuid}/token`, {
    method: 'POST',
    headers: passwordHeader(password),
    signal
  })
  return answer.files.token
}

export async function captions(uuid: string, asked: Asked = {}): Promise<Caption[]> {
  return (await about<Page<Caption>>(uuid, '/captions', asked)).data
}

export async function chapters(uuid: string, asked: Asked = {}): Promise<Chapter[]> {
  return (await about<{ chapters: Chapter[] }>(uuid, '/chapters', asked)).chapters
}

export async function storyboard(uuid: string, asked: Asked = {}): Promise<Storyboard | null> {
  return (await about<{ storyboards: Storyboard[] }>(uuid, '/storyboards', asked)).storyboards[0] ?? null
}

export async function ownRating(id: number, signal?: AbortSignal): Promise<Rating> {
  return (await request<{ rating: Rating }>(`/users/me/videos/${id}/rating`, { signal })).rating
}

export function rate(uuid: string, rating: Rating, password: string | null): Promise<void> {
  return request(`/videos/${uuid}/rate`, {
    method: 'PUT',
    json: { rating },
    headers: passwordHeader(password)
  })
}
