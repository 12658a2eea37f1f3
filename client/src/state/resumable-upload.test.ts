import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Problem } from '../api/problem'
import { Busy, type Part, type PartAnswer, type Transport } from '../api/resumable'
import { partSize, patience, ResumableUpload } from './resumable-upload.svelte'

const mebibyte = 1 << 20

/** A server that keeps what it gets, with the troubles a test orders: each is thrown once by the next `send`. */
class Server implements Transport<string> {
  sessions = new Map<string, number>()
  calls: string[] = []
  troubles: (Error | 'hang')[] = []
  /** Whether a `send` that fails has stored half of its part. */
  storesHalf = false
  #next = 1

  open = async () => {
    const id = `s${this.#next++}`
    this.sessions.set(id, 0)
    this.calls.push(`open ${id}`)
    return { id, sent: 0 }
  }

  offset = async (id: string): Promise<PartAnswer<string>> => {
    this.calls.push(`offset ${id}`)
    const sent = this.sessions.get(id)
    if (sent === undefined) throw new Problem(404, 'Not found')
    return { isDone: false, sent }
  }

  send = async (
    id: string,
    { bytes, start, total }: Part,
    { signal, onProgress }: { signal: AbortSignal; onProgress: (sent: number) => void }
  ): Promise<PartAnswer<string>> => {
    this.calls.push(`send ${start}+${bytes.size}`)
    onProgress(bytes.size / 2)
    const trouble = this.troubles.shift()
    if (trouble === 'hang') await hang(signal)
    if (trouble instanceof Error) {
      if (this.storesHalf) this.sessions.set(id, start + bytes.size / 2)
      throw trouble
    }
    onProgress(bytes.size)
    const sent = start + bytes.size
    this.sessions.set(id, sent)
    return sent === total ? { isDone: true, body: 'video' } : { isDone: false, sent }
  }

  cancel = async (id: string) => {
    this.calls.push(`cancel ${id}`)
    this.sessions.delete(id)
  }
}

function hang(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) =>
    signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')))
  )
}

const fileOf = (size: number) => new File([new Uint8Array(size)], 'film.mp4', { type: 'video/mp4' })
const sends = (server: Server) => server.calls.filter((call) => call.startsWith('send'))

describe('A resumable upload', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds)

  it('sends a file in parts that grow while they go fast', async () => {
    const server = new Server()
    const upload = new ResumableUpload(fileOf(4 * mebibyte), server)
    upload.start()
    await settle()
    expect(sends(server)).toEqual([
      `send 0+${mebibyte}`,
      `send ${mebibyte}+${2 * mebibyte}`,
      `send ${3 * mebibyte}+${mebibyte}`
    ])
    expect([upload.stage, upload.result, upload.percent]).toEqual(['done', 'video', 100])
  })

  it('does not let them grow on a slow line, nor beyond what the server takes', async () => {
    const slow = new Server()
    let clock = 0
    const upload = new ResumableUpload(fileOf(3 * mebibyte), slow, { now: () => (clock += 5000) })
    upload.start()
    await settle()
    expect(sends(slow)).toHaveLength(3)

    const limited = new Server()
    new ResumableUpload(fileOf(2 * mebibyte), limited, { maxPart: mebibyte / 2 }).start()
    await settle()
    expect(sends(limited)).toHaveLength(4)
  })

  it('stops in the middle of a part and goes on from what the server has', async () => {
    const server = new Server()
    server.troubles = ['hang']
    const upload = new ResumableUpload(fileOf(2 * mebibyte), server)
    upload.start()
    await settle()
    expect([upload.stage, upload.sent]).toEqual(['sending', mebibyte / 2])

    upload.pause()
    server.sessions.set('s1', 1000)
    await settle(60_000)
    expect([upload.stage, sends(server).length]).toEqual(['paused', 1])

    upload.start()
    await settle()
    expect(server.calls.slice(2, 4)).toEqual(['offset s1', `send 1000+${mebibyte}`])
    expect(upload.stage).toBe('done')
  })

  it('tries again by itself after the connection broke, and asks first how much has arrived', async () => {
    const server = new Server()
    server.troubles = [new Problem(0, 'No connection.')]
    server.storesHalf = true
    const upload = new ResumableUpload(fileOf(mebibyte), server)
    upload.start()
    await settle()
    expect([upload.stage, upload.error, upload.sent]).toEqual(['retrying', 'No connection.', 0])
    await settle(1000)
    expect(server.calls.slice(2)).toEqual(['offset s1', `send ${mebibyte / 2}+${mebibyte / 2}`])
    expect([upload.stage, upload.error]).toEqual(['done', null])
  })

  it('sends shorter parts after a broken one', async () => {
    const server = new Server()
    server.troubles = [new Problem(502, 'Bad gateway')]
    new ResumableUpload(fileOf(mebibyte), server).start()
    await settle(1000)
    expect(sends(server)[1]).toBe(`send 0+${mebibyte / 2}`)
    expect(partSize.min).toBeLessThan(mebibyte)
  })

  it('waits as long as a busy server asks, but not for minutes', async () => {
    const server = new Server()
    server.troubles = [new Busy(503, 'In work', 5), new Busy(503, 'In work', 300)]
    const upload = new ResumableUpload(fileOf(1000), server)
    upload.start()
    await settle(4999)
    expect(sends(server)).toHaveLength(1)
    await settle(1)
    expect(sends(server)).toHaveLength(2)
    await settle(30_000)
    expect(upload.stage).toBe('done')
  })

  it('gives up after many attempts without progress, and goes on when a person says so', async () => {
    const server = new Server()
    server.troubles = Array.from({ length: patience + 1 }, () => new Problem(0, 'No connection.'))
    const upload = new ResumableUpload(fileOf(1000), server)
    upload.start()
    await settle(10 * 60_000)
    expect([upload.stage, sends(server).length]).toEqual(['failed', patience + 1])
    upload.start()
    await settle()
    expect(upload.stage).toBe('done')
  })

  it.each([413, 415, 422, 403])('does not repeat what the server refuses with %d', async (status) => {
    const server = new Server()
    server.troubles = [new Problem(status, 'No.')]
    const upload = new ResumableUpload(fileOf(1000), server)
    upload.start()
    await settle(60_000)
    expect([upload.stage, upload.error, sends(server).length]).toEqual(['failed', 'No.', 1])
  })

  it('goes on with the session of an earlier visit', async () => {
    const server = new Server()
    server.sessions.set('old', 600)
    const upload = new ResumableUpload(fileOf(1000), server, { sessionId: 'old' })
    upload.start()
    await settle()
    expect(server.calls).toEqual(['offset old', 'send 600+400'])
    expect(upload.stage).toBe('done')
  })

  it('begins anew when that session is gone', async () => {
    const server = new Server()
    const onSession = vi.fn()
    const upload = new ResumableUpload(fileOf(1000), server, { sessionId: 'old', onSession })
    upload.start()
    await settle()
    expect(server.calls).toEqual(['offset old', 'open s1', 'send 0+1000'])
    expect(onSession.mock.calls).toEqual([[null], ['s1'], [null]])
  })

  it('does not send a file twice when only the last answer was lost', async () => {
    const server = new Server()
    const lost = server.send
    server.send = async (...args) => {
      await lost(...args)
      server.sessions.clear()
      throw new Problem(0, 'No connection.')
    }
    const upload = new ResumableUpload(fileOf(1000), server)
    upload.start()
    await settle(60_000)
    expect(sends(server)).toHaveLength(1)
    expect([upload.stage, upload.error]).toEqual(['failed', expect.stringContaining('My videos')])
  })

  it('ends on the server too when it is cancelled', async () => {
    const server = new Server()
    server.troubles = ['hang']
    const upload = new ResumableUpload(fileOf(1000), server)
    upload.start()
    await settle()
    await upload.cancel()
    expect([upload.stage, server.calls.at(-1)]).toEqual(['cancelled', 'cancel s1'])
    upload.start()
    await settle(60_000)
    expect(upload.stage).toBe('cancelled')
  })
})
