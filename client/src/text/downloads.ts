import type { Video, VideoFile } from '../api/types'
import { fileLabel } from './file-label'

export interface Choice {
  label: string
  /** Bytes, the sound that comes from another file included. */
  size: number
  address: string
  file: VideoFile
}

/** Plain files where there are some, else those of the stream: both hold the same pictures. */
function filesOf(video: Video): VideoFile[] {
  const files = video.files.length > 0 ? video.files : video.streamingPlaylists.flatMap((list) => list.files)
  return [...files].sort((a, b) => b.resolution.id - a.resolution.id)
}

/** What can be downloaded of a video, best first. The server puts picture and sound together where they are apart. */
export function downloads(video: Video, token: string | null): Choice[] {
  const files = filesOf(video)
  const sound = files.find((file) => file.hasVideo === false)
  return files.map((file) => {
    const isSilent = file.hasAudio === false && sound !== undefined && sound !== file
    const parts = isSilent ? [file, sound] : [file]
    const query = new URLSearchParams()
    for (const { id } of parts) query.append('videoFileIds', String(id))
    if (token) query.set('videoFileToken', token)
    return {
      label: file.hasVideo === false ? 'Sound only' : fileLabel(file),
      size: parts.reduce((sum, { size }) => sum + size, 0),
      address: `/download/videos/generate/${video.uuid}?${query.toString()}`,
      file
    }
  })
}
