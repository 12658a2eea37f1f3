import { describe, expect, it } from 'vitest'
import { chapterFaults, chaptersInText, chaptersOf, row, rowsOf, secondsOf } from './chapters'

describe('A time', () => {
  it.each([
    ['0', 0],
    ['75', 75],
    ['1:15', 75],
    ['01:02:03', 3723],
    ['1:75', null],
    ['abc', null],
    ['', null],
    ['1:2:3:4', null]
  ])('written as %s is %s seconds', (text, seconds) => expect(secondsOf(text)).toBe(seconds))
})

describe('Chapters', () => {
  it('are sorted, and rows without anything are none', () => {
    expect(chaptersOf([row('1:00', ' End '), row(), row('0:00', 'Begin')])).toEqual([
      { timecode: 0, title: 'Begin' },
      { timecode: 60, title: 'End' }
    ])
  })

  it('come back from the server as they were written', () => {
    expect(rowsOf([{ timecode: 3723, title: 'End' }]).map(({ at, title }) => [at, title])).toEqual([
      ['1:02:03', 'End']
    ])
  })

  it.each([
    [row('x', 'Title'), 'Write the time'],
    [row('2:00', 'Title'), 'ends at 1:40'],
    [row('0:00', 'Title'), 'begins at 0:00'],
    [row('0:10', ' '), 'a title'],
    [row('0:10', 'x'.repeat(101)), '100 characters']
  ])('of %o have a fault', (bad, message) => {
    expect(chapterFaults([row('0:00', 'Begin'), bad, row()], 100)).toEqual({
      [bad.key]: expect.stringContaining(message)
    })
  })

  it('are found in a description', () => {
    const text = 'A walk\n\n0:00 Start\n- 1:15 – Sea\n(1:02:03) End\nAt 5:00 we rest'
    expect(chaptersInText(text).map(({ at, title }) => `${at} ${title}`)).toEqual([
      '0:00 Start',
      '1:15 Sea',
      '1:02:03 End'
    ])
    expect(chaptersInText('1:00 is when it starts\n2:00 ends')).toEqual([])
  })
})
