import type { Video, VideoFile } from '../api/types'

/** What can be played of a video. */
export interface Playback {
  /** Address of the HLS master playlist. */
  hlsUrl: string | null
  /** Plain files with a picture, best first; files with sound only come last. */
  files: VideoFile[]
}

export function playbackOf(video: Video): Playback {
  const playlist = video.streamingPlaylists.find((candidate) => candidate.files.length > 0)
  return {
    hlsUrl: playlist?.playlistUrl ?? null,
    files: [...video.files].sort((a, b) => b.resolution.id - a.resolution.id)
  }
}

export function isPlayable(playback: Playback): boolean {
  return playback.hlsUrl !== null || playback.files.length > 0
}

/** The file to begin with when there is no adaptive stream: the best that is not taller than the screen. */
export function firstFile(files: VideoFile[], screenHeight: number): VideoFile | undefined {
  return files.find((file) => file.resolution.id <= screenHeight) ?? files.at(-1)
}

/** An address with the token that opens files of private videos. */
export function withFileToken(url: string, token: string | null): string {
  if (!token) return url
  const address = new URL(url, window.location.href)
  address.searchParams.set('videoFileToken', token)
  return address.href
}

/** "1080p", "720p60"; the shorter side counts, so that upright videos are named like lying ones. */
export function qualityLabel(width: number, height: number, fps: number | undefined): string {
  const side = width > 0 && height > 0 ? Math.min(width, height) : height
  return `${side}p${fps !== undefined && fps >= 48 ? Math.round(fps) : ''}`
}
