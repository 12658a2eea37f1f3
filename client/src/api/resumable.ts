import { refresh } from './oauth'
import { Problem, problemOf } from './problem'
import { authorization, storedTokens } from './tokens'

/**
 * The wire of PeerTube's resumable uploads: a POST opens a session, PUTs bring parts of the file, DELETE ends it.
 * `endpoint` is the path below /api/v1 that takes all three.
 */
export interface Transport<T> {
  open(file: FileFacts, fields: Record<string, unknown>, signal: AbortSignal): Promise<OpenSession>
  /** How much the server has; a part of the file with nothing in it. */
  offset(id: string, total: number, signal: AbortSignal): Promise<PartAnswer<T>>
  send(id: string, part: Part, options: SendOptions): Promise<PartAnswer<T>>
  cancel(id: string): Promise<void>
}

export interface FileFacts {
  name: string
  size: number
  type: string
  lastModified: number
}

export interface OpenSession {
  id: string
  /** Bytes the server has from an earlier attempt with the same file. */
  sent: number
}

export interface Part {
  bytes: Blob
  start: number
  total: number
}

export interface SendOptions {
  signal: AbortSignal
  /** Bytes of this part that have left. */
  onProgress: (sent: number) => void
}

export type PartAnswer<T> = { isDone: false; sent: number } | { isDone: true; body: T }

/** A refusal that says when to come back. */
export class Busy extends Problem {
  constructor(
    status: number,
    detail: string,
    /** Seconds. */
    readonly retryAfter: number
  ) {
    super(status, detail)
  }
}

interface RawAnswer {
  status: number
  body: string
  header: (name: string) => string | null
}

interface RawRequest {
  method: string
  headers: Record<string, string>
  body?: Blob | string
  signal?: AbortSignal
  onProgress?: (sent: number) => void
}

export function resumable<T>(endpoint: string): Transport<T> {
  const at = (id: string) => `${endpoint}?upload_id=${encodeURIComponent(id)}`
  return {
    async open(file, fields, signal) {
      const answer = await renewed(endpoint, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Upload-Content-Length': String(file.size),
          'X-Upload-Content-Type': file.type || 'application/octet-stream'
        },
        // lastModified makes the session findable: the same file goes on where it stopped.
        body: JSON.stringify({ ...fields, filename: file.name, lastModified: file.lastModified }),
        signal
      })
      if (answer.status !== 200 && answer.status !== 201) throw refusal(answer)
      const id = uploadId(answer.header('Location'))
      if (!id) throw new Problem(answer.status, 'The server did not say where the file should go.')
      return { id, sent: answer.status === 200 ? received(answer) : 0 }
    },
    async offset(id, total, signal) {
      const headers = { 'Content-Range': `bytes */${total}` }
      return partAnswer<T>(await renewed(at(id), { method: 'PUT', headers, signal }))
    },
    async send(id, { bytes, start, total }, { signal, onProgress }) {
      const headers = {
        'Content-Type': 'application/octet-stream',
        'Content-Range': `bytes ${start}-${start + bytes.size - 1}/${total}`
      }
      return partAnswer<T>(await renewed(at(id), { method: 'PUT', headers, body: bytes, signal, onProgress }))
    },
    async cancel(id) {
      const answer = await renewed(at(id), { method: 'DELETE', headers: {} })
      if (answer.status >= 400 && answer.status !== 404) throw refusal(answer)
    }
  }
}

/** The session's id in a Location header, which may begin with // or be missing altogether. */
export function uploadId(location: string | null): string | null {
  if (!location) return null
  try {
    return new URL(location, window.location.href).searchParams.get('upload_id')
  } catch {
    return null
  }
}

function partAnswer<T>(answer: RawAnswer): PartAnswer<T> {
  if (answer.status === 308) return { isDone: false, sent: received(answer) }
  if (answer.status === 200) {
    return { isDone: true, body: (answer.body === '' ? undefined : JSON.parse(answer.body)) as T }
  }
  if (answer.status === 204) return { isDone: true, body: undefined as T }
  throw refusal(answer)
}

/** Bytes the server has, from `Range: bytes=0-N`; "bytes=0--1" means none. */
function received(answer: RawAnswer): number {
  const last = /^bytes=0-(-?\d+)$/.exec(answer.header('Range') ?? '')?.[1]
  return last === undefined ? 0 : Number(last) + 1
}

function refusal(answer: RawAnswer): Problem {
  const problem = problemOf(answer.status, uploadxMessage(answer.body) ?? answer.body)
  const seconds = Number(answer.header('Retry-After'))
  return seconds > 0 ? new Busy(answer.status, problem.message, seconds) : problem
}

/** uploadx wraps its message in `error`, unlike everything else; here it becomes a problem document. */
function uploadxMessage(body: string): string | null {
  try {
    const document = JSON.parse(body) as { error?: { message?: unknown } }
    const message = document.error?.message
    return typeof message === 'string' ? JSON.stringify({ detail: message }) : null
  } catch {
    return null
  }
}

/** Repeats a request once with a fresh token when the server refuses the one it came with. */
async function renewed(path: string, request: RawRequest): Promise<RawAnswer> {
  const tokens = storedTokens()
  const answer = await sendRaw(path, request)
  if (answer.status !== 401 || !tokens) return answer
  return (await refresh(tokens.accessToken)) ? sendRaw(path, request) : answer
}

/** XMLHttpRequest, because fetch tells nothing about the progress of a request body. */
function sendRaw(path: string, request: RawRequest): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const { signal } = request
    if (signal?.aborted) return reject(aborted())
    const xhr = new XMLHttpRequest()
    const abort = () => xhr.abort()
    signal?.addEventListener('abort', abort, { once: true })

    if (request.onProgress) xhr.upload.onprogress = (event) => request.onProgress?.(event.loaded)
    xhr.onload = () =>
      resolve({
        status: xhr.status,
        body: xhr.responseText,
        header: (name) => xhr.getResponseHeader(name)
      })
    xhr.onerror = () => reject(problemOf(0, ''))
    xhr.ontimeout = () => reject(problemOf(0, ''))
    xhr.onabort = () => reject(aborted())
    xhr.onloadend = () => signal?.removeEventListener('abort', abort)

    xhr.open(request.method, `/api/v1${path}`)
    const bearer = authorization()
    if (bearer) xhr.setRequestHeader('Authorization', bearer)
    xhr.setRequestHeader('Accept', 'application/json')
    for (const [name, value] of Object.entries(request.headers)) xhr.setRequestHeader(name, value)
    xhr.send(request.body ?? null)
  })
}

function aborted(): DOMException {
  return new DOMException('The upload was stopped.', 'AbortError')
}
