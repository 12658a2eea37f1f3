import type { AdminVideo } from '../../../../api/admin-videos'

export interface FilesOf {
  web: number
  hls: number
  /** Bytes of both. */
  size: number
}

/** How many files of which kind a video has. */
export function filesOf(video: Pick<AdminVideo, 'files' | 'streamingPlaylists'>): FilesOf {
  const web = video.files ?? []
  const hls = (video.streamingPlaylists ?? []).flatMap((playlist) => playlist.files)
  return {
    web: web.length,
    hls: hls.length,
    size: [...web, ...hls].reduce((sum, file) => sum + file.size, 0)
  }
}
