import { resumable } from './resumable'

export interface UploadedVideo {
  id: number
  uuid: string
  shortUUID: string
}

export interface UploadAnswer {
  video: UploadedVideo
}

/** The way of new videos to the server. */
export const videoUpload = resumable<UploadAnswer>('/videos/upload-resumable')

/** The way of another file to a video that exists. */
export function sourceReplacement(uuid: string) {
  return resumable<unknown>(`/videos/${uuid}/source/replace-resumable`)
}
