import { describe, expect, it } from 'vitest'
import { handle } from './addresses'
import { age } from './dates'
import { clock, spokenDuration } from './duration'
import { downloads } from './downloads'
import { embedAddress, embedCode } from './embed'
import { counted, fileSize } from './numbers'
import { hasMarkup, withoutMarkup } from './plain'
import { splitTags, tagsFault } from './tags'
import { timestamps } from './timestamps'
import type { Video } from '../api/types'
import { quotaLabel, usedLabel } from './quota'

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

  it('can be one line without its markup', () => {
    expect(withoutMarkup('# Ships\n- the **sea**\n- [boats](https://x.example)')).toBe('Ships the sea boats')
  })

  it.each(['Plain words only.', 'Two lines\nof text, 3-4 of them', ''])('such as %j does not', (text) =>
    expect(hasMarkup(text)).toBe(false)
  )
})

describe('A time in a text', () => {
  const times = (text: string) => timestamps(text).flatMap(({ seconds }) => seconds ?? [])

  it('is found with and without hours', () => {
    expect(times('0:00 The quay, 12:34 boats (1:02:03)')).toEqual([0, 754, 3723])
  })

  it.each(['ratio 4:3', 'at 127.0.0.1:9000', '10:20:30:40', '2026-01-01T10:20', 'http://x.example:80/12:34'])(
    'is not found in %j',
    (text) => expect(times(text)).toEqual([])
  )

  it('leaves the words around it as they are', () => {
    expect(timestamps('from 0:10 on').map(({ text }) => text)).toEqual(['from ', '0:10', ' on'])
  })
})

describe('The address of an embedded player', () => {
  const usual = { start: 0, autoplay: false, muted: false, loop: false, title: true, controls: true }

  it('says only what differs from what the player does anyway', () => {
    expect(embedAddress('https://here.example', 'u', usual)).toBe('https://here.example/videos/embed/u')
    expect(
      embedAddress('https://here.example', 'u', { ...usual, start: 90, muted: true, title: false })
    ).toBe('https://here.example/videos/embed/u?start=90s&muted=1&title=0')
  })

  it('stands in an element that a title cannot end', () => {
    expect(embedCode('https://here.example/?a&b', '"><script>')).toContain(
      'title="&quot;&gt;&lt;script&gt;" width="560" height="315" src="https://here.example/?a&amp;b"'
    )
  })
})

describe('A download', () => {
  const file = (id: number, resolution: number, more: object) => ({
    id,
    resolution: { id: resolution, label: `${resolution}p` },
    size: 100,
    fps: 25,
    fileUrl: '',
    ...more
  })
  const video = (files: object[], streamed: object[]) =>
    ({ uuid: 'u', files, streamingPlaylists: [{ files: streamed }] }) as unknown as Video

  it('is a plain file where there is one, best first', () => {
    const choices = downloads(video([file(1, 240, {}), file(2, 480, {})], [file(3, 480, {})]), 'secret')
    expect(choices.map(({ label, address }) => [label, address])).toEqual([
      ['480p', '/download/videos/generate/u?videoFileIds=2&videoFileToken=secret'],
      ['240p', '/download/videos/generate/u?videoFileIds=1&videoFileToken=secret']
    ])
  })

  it('brings the sound along where it is apart from the picture', () => {
    const apart = [file(1, 0, { hasVideo: false }), file(2, 480, { hasAudio: false })]
    expect(
      downloads(video([], apart), null).map(({ label, size, address }) => [label, size, address])
    ).toEqual([
      ['480p', 200, '/download/videos/generate/u?videoFileIds=2&videoFileIds=1'],
      ['Sound only', 100, '/download/videos/generate/u?videoFileIds=1']
    ])
  })
})

describe('quotas', () => {
  it('show in the units in which they are given', () => {
    expect(quotaLabel(5 * 1024 ** 3)).toBe('5 GB')
    expect(quotaLabel(-1)).toBe('Unlimited')
    expect(quotaLabel(0)).toBe('No upload')
    expect(quotaLabel(1536 * 1024 ** 2)).toBe('1.5 GB')
  })
  it('and so does what is used of them', () => {
    expect(usedLabel(0)).toBe('0 MB')
    expect(usedLabel(27 * 1024 ** 2)).toBe('27 MB')
    expect(usedLabel(5 * 1024 ** 3)).toBe('5 GB')
  })
})
