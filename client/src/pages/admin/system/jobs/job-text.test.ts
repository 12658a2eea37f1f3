import { describe, expect, it } from 'vitest'
import type { Job } from '../../../../api/jobs'
import { errorText, jobTime, subjectOf } from './job-text'

const job: Job = {
  id: '1',
  state: 'active',
  type: 'video-transcoding',
  data: {},
  createdAt: '2026-01-01T00:00:00Z'
}

describe('A job', () => {
  it.each([
    [null, null],
    ['', null],
    [{}, null],
    ['ffmpeg exited with code 1', 'ffmpeg exited with code 1'],
    [{ message: 'No such file' }, 'No such file'],
    [{ message: 'Bad', stack: 'Bad\n at x' }, 'Bad\nBad\n at x'],
    [{ code: 1 }, '{\n  "code": 1\n}']
  ])('failed with %o says %s', (error, text) => expect(errorText(error)).toBe(text))

  it.each([
    [null, null, null],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:02.5Z', '2.5 s'],
    ['2026-01-01T00:00:00Z', '2026-01-01T00:00:42Z', '42 s'],
    ['2026-01-01T00:00:00Z', null, '5 min'],
    ['2026-01-01T00:00:00Z', '2026-01-01T03:00:00Z', '3.0 h']
  ])('that began at %s and ended at %s took %s', (processedOn, finishedOn, text) =>
    expect(jobTime({ ...job, processedOn, finishedOn }, new Date('2026-01-01T00:05:00Z'))).toBe(text)
  )

  it('is about a video', () => {
    expect(subjectOf({ ...job, data: { videoUUID: 'abc' } })).toBe('abc')
    expect(subjectOf({ ...job, data: null })).toBeNull()
  })
})
