// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from './problem'
import { Busy, resumable, uploadId } from './resumable'
import { storeTokens } from './tokens'

interface Answer {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** Answers requests one after the other and notes them. */
function answering(...answers: (Answer | 'broken')[]) {
  const requests: { line: string; headers: Record<string, string>; body: unknown }[] = []
  class FakeRequest {
    upload: { onprogress?: (event: { loaded: number }) => void } = {}
    onload?: () => void
    onerror?: () => void
    onabort?: () => void
    onloadend?: () => void
    status = 0
    responseText = ''
    #line = ''
    #headers: Record<string, string> = {}
    #answer: Answer | 'broken' | undefined

    open(method: string, path: string) {
      this.#line = `${method} ${path}`
    }
    setRequestHeader(name: string, value: string) {
      this.#headers[name] = value
    }
    getResponseHeader(name: string) {
      return (this.#answer !== 'broken' && this.#answer?.headers?.[name]) || null
    }
    abort() {
      this.onabort?.()
    }
    send(body: unknown) {
      requests.push({ line: this.#line, headers: this.#headers, body })
      this.#answer = answers.shift()
      if (this.#answer === 'broken') return this.onerror?.()
      if (!this.#answer) return undefined
      this.status = this.#answer.status
      this.responseText = this.#answer.body ?? ''
      if (body instanceof Blob) this.upload.onprogress?.({ loaded: body.size })
      this.onload?.()
      return this.onloadend?.()
    }
  }
  vi.stubGlobal('XMLHttpRequest', FakeRequest)
  return requests
}

const wire = resumable<{ video: { uuid: string } }>('/videos/upload-resumable')
const file = { name: 'a.mp4', size: 10, type: 'video/mp4', lastModified: 7 }
const signal = new AbortController().signal
const options = { signal, onProgress: () => undefined }
const part = { bytes: new Blob(['12345']), start: 5, total: 10 }

beforeEach(() => {
  localStorage.clear()
  storeTokens({ accessToken: 'a', refreshToken: 'r', tokenType: 'Bearer' })
})

describe('A session of a resumable upload', () => {
  it('begins with what the file is, and has the id of the address it is given', async () => {
    const requests = answering({
      status: 201,
      headers: { Location: '//host/api/v1/videos/upload-resumable?upload_id=x-1' }
    })
    await expect(wire.open(file, { name: 'Film', channelId: 3 }, signal)).resolves.toEqual({
      id: 'x-1',
      sent: 0
    })
    expect(requests[0]?.line).toBe('POST /api/v1/videos/upload-resumable')
    expect(requests[0]?.headers).toMatchObject({
      Authorization: 'Bearer a',
      'X-Upload-Content-Length': '10',
      'X-Upload-Content-Type': 'video/mp4'
    })
    expect(JSON.parse(String(requests[0]?.body))).toEqual({
      name: 'Film',
      channelId: 3,
      filename: 'a.mp4',
      lastModified: 7
    })
  })

  it('goes on where an earlier one with the same file stopped', async () => {
    answering({ status: 200, headers: { Location: '/x?upload_id=x-1', Range: 'bytes=0-4' } })
    await expect(wire.open(file, {}, signal)).resolves.toEqual({ id: 'x-1', sent: 5 })
  })

  it('is refused for a full quota in the words of the server', async () => {
    answering({ status: 413, body: '{"detail":"The quota is full.","code":"quota_reached"}' })
    await expect(wire.open(file, {}, signal)).rejects.toMatchObject({
      status: 413,
      message: 'The quota is full.'
    })
  })

  it.each([null, 'no address: //', '/x'])('has no id in %s', (location) =>
    expect(uploadId(location)).toBeNull()
  )
})

describe('A part of a file', () => {
  it('says where it belongs, and learns how much is there', async () => {
    const requests = answering({ status: 308, headers: { Range: 'bytes=0-9' } })
    const onProgress = vi.fn()
    await expect(wire.send('x-1', part, { signal, onProgress })).resolves.toEqual({ isDone: false, sent: 10 })
    expect(requests[0]?.line).toBe('PUT /api/v1/videos/upload-resumable?upload_id=x-1')
    expect(requests[0]?.headers['Content-Range']).toBe('bytes 5-9/10')
    expect(onProgress).toHaveBeenCalledWith(5)
  })

  it('ends the upload when it is the last', async () => {
    answering({ status: 200, body: '{"video":{"uuid":"u"}}' })
    await expect(wire.send('x-1', part, options)).resolves.toEqual({
      isDone: true,
      body: { video: { uuid: 'u' } }
    })
  })

  it('can be a question only, and nothing may be there', async () => {
    const requests = answering({ status: 308, headers: { Range: 'bytes=0--1' } })
    await expect(wire.offset('x-1', 10, signal)).resolves.toEqual({ isDone: false, sent: 0 })
    expect(requests[0]).toMatchObject({ headers: { 'Content-Range': 'bytes */10' }, body: null })
  })

  it('comes too early for a server that is busy with the file', async () => {
    answering({ status: 503, headers: { 'Retry-After': '300' }, body: '{"detail":"In work"}' })
    const error = await wire.send('x-1', part, options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Busy)
    expect(error).toMatchObject({ status: 503, message: 'In work', retryAfter: 300 })
  })

  it('is refused in the words of uploadx too', async () => {
    answering({ status: 404, body: '{"error":{"code":"FileNotFound","message":"Not found"}}' })
    await expect(wire.send('x-1', part, options)).rejects.toMatchObject({ status: 404, message: 'Not found' })
  })

  it('meets a broken connection', async () => {
    answering('broken')
    const error = await wire.send('x-1', part, options).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(Problem)
    expect(error).toMatchObject({ status: 0 })
  })

  it('is sent again with a fresh token when the old one has run out', async () => {
    const requests = answering({ status: 401 }, { status: 308, headers: { Range: 'bytes=0-9' } })
    vi.stubGlobal('fetch', async (path: string) =>
      path.includes('oauth-clients')
        ? new Response('{"client_id":"i","client_secret":"s"}')
        : new Response('{"access_token":"b","refresh_token":"q","token_type":"Bearer"}')
    )
    await wire.send('x-1', part, options)
    expect(requests.map(({ headers }) => headers.Authorization)).toEqual(['Bearer a', 'Bearer b'])
  })

  it('is stopped by a pause', async () => {
    answering()
    const abort = new AbortController()
    const sending = wire.send('x-1', part, { ...options, signal: abort.signal })
    abort.abort()
    await expect(sending).rejects.toMatchObject({ name: 'AbortError' })
  })
})

it('A cancelled session that is gone already is no trouble', async () => {
  const requests = answering({ status: 404 }, { status: 500 })
  await wire.cancel('x-1')
  expect(requests[0]?.line).toBe('DELETE /api/v1/videos/upload-resumable?upload_id=x-1')
  await expect(wire.cancel('x-1')).rejects.toMatchObject({ status: 500 })
})
