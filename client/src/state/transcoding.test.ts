// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Transcoding } from '../api/types'
import { isSettled, TranscodingWatch } from './transcoding.svelte'

function progress(state: number, ...jobStates: number[]): Transcoding {
  return {
    state: { id: state, label: '' },
    progress: 50,
    jobs: jobStates.map((id, index) => ({
      uuid: String(index),
      type: 'vod-hls-transcoding',
      resolution: { id: 480, label: '480p' },
      state: { id, label: '' },
      progress: 0,
      failures: 0,
      error: null
    }))
  }
}

describe('A transcoding', () => {
  it.each([
    ['is to be transcoded', progress(2), false],
    ['is published while a job waits', progress(1, 3, 5), false],
    ['is published and all jobs are done', progress(1, 3, 3), true],
    ['has failed, the other jobs cancelled', progress(7, 4, 6), true]
  ])('of a video that %s is settled: %#', (_name, state, settled) => expect(isSettled(state)).toBe(settled))
})

describe('The watch over a transcoding', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function answering(...answers: (Transcoding | number)[]) {
    const fetched = vi.fn(async () => {
      const answer = answers.length > 1 ? answers.shift() : answers[0]
      return typeof answer === 'number'
        ? new Response('{"detail":"Wrong."}', { status: answer })
        : new Response(JSON.stringify(answer))
    })
    vi.stubGlobal('fetch', fetched)
    return fetched
  }

  it('asks each second and stops when it is settled', async () => {
    const fetched = answering(progress(2, 2), progress(2, 3), progress(1, 3))
    const settled = vi.fn()
    const watch = new TranscodingWatch('uuid', settled).start()

    await vi.advanceTimersByTimeAsync(1500)
    expect(watch.progress?.jobs[0]?.state.id).toBe(3)
    expect(settled).not.toHaveBeenCalled()

    await vi.advanceTimersByTimeAsync(10_000)
    expect(settled).toHaveBeenCalledOnce()
    expect(fetched).toHaveBeenCalledTimes(3)
  })

  it('asks more seldom while the server is in trouble', async () => {
    const fetched = answering(503)
    const watch = new TranscodingWatch('uuid').start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(watch.error).toBe('Wrong.')
    expect(fetched.mock.calls.length).toBeLessThan(9)
    watch.stop()
  })

  it.each([403, 404])('gives up on %d', async (status) => {
    const fetched = answering(status)
    new TranscodingWatch('uuid').start()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(fetched).toHaveBeenCalledOnce()
  })

  it('asks nothing after it was stopped', async () => {
    const fetched = answering(progress(2, 2))
    const watch = new TranscodingWatch('uuid').start()
    await vi.advanceTimersByTimeAsync(100)
    watch.stop()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(fetched).toHaveBeenCalledOnce()
  })
})
