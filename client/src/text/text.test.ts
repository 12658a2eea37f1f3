import { describe, expect, it } from 'vitest'
import { handle } from './addresses'
import { age } from './dates'
import { clock, spokenDuration } from './duration'
import { counted, fileSize } from './numbers'
import { hasMarkup } from './plain'
import { splitTags, tagsFault } from './tags'

describe('A duration', () => {
  it.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [754, '12:34'],
    [3600, '1:00:00'],
    [3723, '1:02:03']
  ])('of %d seconds reads %s', (seconds, text) => expect(clock(seconds)).toBe(text))

  it.each([
    [0, '0 seconds'],
    [61, '1 minute 1 second'],
    [7200, '2 hours']
  ])('of %d seconds is said as %s', (seconds, text) => expect(spokenDuration(seconds)).toBe(text))
})

describe('An age', () => {
  const now = new Date('2026-06-15T12:00:00Z')

  it.each([
    ['2026-06-15T11:59:31Z', 'just now'],
    ['2026-06-15T12:00:05Z', 'just now'],
    ['2026-06-15T11:58:59Z', '1 minute ago'],
    ['2026-06-14T11:00:00Z', 'yesterday'],
    ['2026-06-12T11:00:00Z', '3 days ago'],
    ['2024-06-01T00:00:00Z', '2 years ago']
  ])('of what was published at %s is %s', (iso, text) => expect(age(iso, now)).toBe(text))
})

describe('A number', () => {
  it('is counted with its noun', () => {
    expect(counted(0, 'view')).toBe('0 views')
    expect(counted(1, 'view')).toBe('1 view')
    expect(counted(9999, 'view')).toBe('9,999 views')
    expect(counted(15_300, 'view')).toBe('15.3K views')
  })

  it('of bytes has a unit and few digits', () => {
    expect(fileSize(999)).toBe('999 B')
    expect(fileSize(4_711_635)).toBe('4.7 MB')
    expect(fileSize(999_600)).toBe('1.0 MB')
    expect(fileSize(42_000_000_000)).toBe('42 GB')
  })
})

describe('Tags', () => {
  it('are split at commas, trimmed and kept once', () => {
    expect(splitTags(' music,live , music,, acoustic set')).toEqual(['music', 'live', 'acoustic set'])
  })

  it('are refused when they are too many, too short or too long', () => {
    expect(tagsFault(['ab', 'cd'])).toBeNull()
    expect(tagsFault(['aa', 'bb', 'cc', 'dd', 'ee', 'ff'])).toContain('At most 5')
    expect(tagsFault(['a'])).toContain('has 1')
    expect(tagsFault(['x'.repeat(31)])).toContain('has 31')
  })
})

describe('The address of an actor', () => {
  it('names the host only when it is another one', () => {
    expect(handle({ name: 'root', host: 'here.example' }, 'here.example')).toBe('root')
    expect(handle({ name: 'root', host: 'there.example' }, 'here.example')).toBe('root@there.example')
  })
})

describe('A description', () => {
  it.each(['**bold**', 'see https://example.org', '- one\n- two', '1. first', 'a `word`', 'x &amp; y <b>'])(
    'such as %j needs the renderer',
    (text) => expect(hasMarkup(text)).toBe(true)
  )

  it.each(['Plain words only.', 'Two lines\nof text, 3-4 of them', ''])('such as %j does not', (text) =>
    expect(hasMarkup(text)).toBe(false)
  )
})
