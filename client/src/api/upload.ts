import { Problem, problemOf } from './problem'
import { authorization } from './tokens'

export interface UploadFields {
  name: string
  channelId: number
  privacy: number
  description: string
  tags: string[]
  category: number | null
  licence: number | null
  language: string | null
  waitTranscoding: boolean
}

export interface UploadedVideo {
  id: number
  uuid: string
  shortUUID: string
}

export interface UploadOptions {
  signal: AbortSignal
  /** Bytes sent so far, of all bytes of the request. */
  onProgress: (sent: number, total: number) => void
}

/** The multipart body; the file comes last, so that the server knows all fields before it stores a byte of it. */
export function uploadForm(file: File, fields: UploadFields): FormData {
  const form = new FormData()
  form.set('name', fields.name)
  form.set('channelId', String(fields.channelId))
  form.set('privacy', String(fields.privacy))
  form.set('waitTranscoding', String(fields.waitTranscoding))
  if (fields.description !== '') form.set('description', fields.description)
  fields.tags.forEach((tag, index) => form.set(`tags[${index}]`, tag))
  if (fields.category !== null) form.set('category', String(fields.category))
  if (fields.licence !== null) form.set('licence', String(fields.licence))
  if (fields.language !== null) form.set('language', fields.language)
  form.set('videofile', file, file.name)
  return form
}

/** Sends a file. XMLHttpRequest, because fetch tells nothing about the progress of a request body. */
export function uploadVideo(
  file: File,
  fields: UploadFields,
  options: UploadOptions
): Promise<UploadedVideo> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest()
    if (options.signal.aborted) return reject(cancelled())
    const abort = () => xhr.abort()
    options.signal.addEventListener('abort', abort, { once: true })

    xhr.upload.onprogress = (event) => options.onProgress(event.loaded, event.total)
    xhr.onload = () => {
      if (xhr.status === 200) resolve((JSON.parse(xhr.responseText) as { video: UploadedVideo }).video)
      else reject(problemOf(xhr.status, xhr.responseText))
    }
    xhr.onerror = () =>
      reject(new Problem(0, 'The connection broke off before the file was sent. Check it and try again.'))
    xhr.onabort = () => reject(cancelled())
    xhr.onloadend = () => options.signal.removeEventListener('abort', abort)

    xhr.open('POST', '/api/v1/videos/upload')
    const bearer = authorization()
    if (bearer) xhr.setRequestHeader('Authorization', bearer)
    xhr.setRequestHeader('Accept', 'application/json')
    xhr.send(uploadForm(file, fields))
  })
}

function cancelled(): DOMException {
  return new DOMException('The upload was cancelled.', 'AbortError')
}
