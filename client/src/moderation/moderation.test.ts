import { describe, expect, it } from 'vitest'
import { reasonsFor, textFault } from './reasons'
import { timesOf } from './times'

describe('The reasons of a report', () => {
  it('are fewer for what has neither thumbnail nor captions', () => {
    const ids = (what: Parameters<typeof reasonsFor>[0]) => reasonsFor(what).map(({ id }) => id)
    expect(ids({ video: { id: 1 } })).toContain('captions')
    expect(ids({ comment: { id: 1 } })).toEqual(ids({ account: { id: 1 } }))
    expect(ids({ comment: { id: 1 } })).not.toContain('thumbnails')
  })

  it('want words, between 2 and 3000 characters', () => {
    expect([textFault(' x '), textFault('xx'), textFault('x'.repeat(3000))]).toEqual([
      expect.any(String),
      null,
      null
    ])
    expect(textFault('x'.repeat(3001))).toContain('3001')
  })
})

describe('The part of a video that is reported', () => {
  it.each([
    ['1:23', '', { startAt: 83 }],
    ['1:23', '2:00', { startAt: 83, endAt: 120 }],
    ['', '0:30', { endAt: 30 }],
    ['90', '', { startAt: 90 }],
    ['0:00', '', { startAt: 0 }],
    ['', '', {}]
  ])('from “%s” to “%s”', (start, end, times) => {
    expect(timesOf(start, end)).toEqual(times)
  })

  it.each([
    ['soon', ''],
    ['1:00', '0:30'],
    ['', '0:00']
  ])('is not from “%s” to “%s”', (start, end) => {
    expect(timesOf(start, end)).toHaveProperty('fault')
  })
})
