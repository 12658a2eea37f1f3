import type { Caption, Chapter, VideoFile } from '../../../api/types'
import { VideoPrivacy } from '../../../api/types'
import { editableVideo, videoPasswords, type EditableVideo } from '../../../api/video-edit'
import { captions, chapters, fileToken } from '../../../api/watch'

export interface LoadedVideo {
  video: EditableVideo
  captions: Caption[]
  chapters: Chapter[]
  passwords: string[]
}

/** Everything the form of a video shows. */
export async function loadVideo(id: string): Promise<LoadedVideo> {
  const video = await editableVideo(id)
  const [captionList, chapterList, passwords] = await Promise.all([
    captions(video.uuid),
    chapters(video.uuid),
    video.privacy.id === VideoPrivacy.PasswordProtected ? videoPasswords(video.uuid) : null
  ])
  return {
    video,
    captions: captionList,
    chapters: chapterList,
    passwords: passwords?.data.map(({ password }) => password) ?? []
  }
}

/** A file a browser can take a frame from: the smallest that is large enough for a thumbnail, else the largest. */
export function frameFile(video: Pick<EditableVideo, 'files' | 'streamingPlaylists'>): VideoFile | null {
  const files = [...video.files, ...video.streamingPlaylists.flatMap((playlist) => playlist.files)]
    .filter((file) => file.resolution.id > 0 && file.fileUrl)
    .sort((a, b) => a.resolution.id - b.resolution.id)
  return files.find((file) => file.resolution.id >= 720) ?? files.at(-1) ?? null
}

/** The address of that file, with what opens it when the video is not for everybody. */
export async function frameAddress(video: EditableVideo): Promise<string | null> {
  const file = frameFile(video)
  if (!file) return null
  const isOpen = video.privacy.id === VideoPrivacy.Public || video.privacy.id === VideoPrivacy.Unlisted
  if (isOpen) return file.fileUrl
  return `${file.fileUrl}?videoFileToken=${encodeURIComponent(await fileToken(video.uuid))}`
}
