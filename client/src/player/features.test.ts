// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Storyboard } from '../api/types'
import { addCaptions, captionTracks, show } from './captions'
import { chapterAt, marksOf } from './chapters'
import { pressed, type KeyTarget } from './hotkeys'
import { resumeAt, storedPosition, storePosition } from './resume'
import { spriteAt } from './storyboard'

beforeEach(() => localStorage.clear())

describe('A chapter', () => {
  const chapters = [
    { timecode: 0, title: 'The quay' },
    { timecode: 12, title: 'Boats' },
    { timecode: 90, title: 'Beyond the end' }
  ]

  it('goes from its beginning to that of the next', () => {
    expect([0, 11.9, 12, 80].map((time) => chapterAt(chapters, time))).toEqual([0, 0, 1, 1])
    expect(chapterAt([{ timecode: 5, title: 'Late' }], 4)).toBe(-1)
  })

  it('has a mark on the bar, unless it begins with the video or after it', () => {
    expect(marksOf(chapters, 48)).toEqual([0.25])
    expect(marksOf(chapters, NaN)).toEqual([])
  })
})

describe('A storyboard', () => {
  const board: Storyboard = {
    storyboardPath: '/lazy-static/storyboards/a.jpg',
    totalWidth: 300,
    totalHeight: 100,
    spriteWidth: 100,
    spriteHeight: 50,
    spriteDuration: 2
  }
  const at = (seconds: number) => {
    const { x, y } = spriteAt(board, seconds)
    return [x, y]
  }

  it('has one sprite for every few seconds, row by row', () => {
    expect([at(0), at(1.9), at(2), at(5), at(6)]).toEqual([
      [0, 0],
      [0, 0],
      [100, 0],
      [200, 0],
      [0, 50]
    ])
  })

  it('shows its last sprite for what is behind it', () => expect(at(1000)).toEqual([200, 50]))
})

describe('The position in a video', () => {
  it('is kept under the key of PeerTube, and forgotten after 30 days', () => {
    storePosition('old', 9, new Date('2026-01-01T00:00:00Z'))
    storePosition('new', 21, new Date('2026-02-10T00:00:00Z'))
    const stored = JSON.parse(localStorage.getItem('peertube-videojs-video-watch-history')!)
    expect(stored).toEqual({ new: { duration: 21, date: '2026-02-10T00:00:00.000Z' } })
    expect([storedPosition('new'), storedPosition('old')]).toEqual([21, 0])
  })

  it('does not matter when something else lies under the key', () => {
    localStorage.setItem('peertube-videojs-video-watch-history', 'no json')
    expect(storedPosition('new')).toBe(0)
  })

  it('is where to go on, but for the first and the last seconds', () => {
    expect([undefined, 3, 21.7, 57, 80].map((at) => resumeAt(at, 60))).toEqual([0, 0, 21, 0, 0])
  })
})

describe('Captions', () => {
  function player() {
    const listeners: (() => void)[] = []
    const tracks = Object.assign([] as never[], {
      addEventListener: (_event: string, listener: () => void) => listeners.push(listener)
    })
    return {
      addRemoteTextTrack: (options: object) => void tracks.push(options as never),
      textTracks: () => tracks,
      changed: () => listeners.forEach((listener) => listener())
    }
  }
  const caption = (id: string, label: string, automaticallyGenerated = false) => ({
    language: { id, label },
    captionPath: `/lazy-static/video-captions/${id}.vtt`,
    automaticallyGenerated
  })
  const shown = (target: ReturnType<typeof player>) =>
    captionTracks(target)
      .filter(({ mode }) => mode === 'showing')
      .map(({ label }) => label)

  it('begin in the language of the address, else in the one that was shown last', () => {
    const captions = [caption('en', 'English', true), caption('fr', 'French')]
    const first = player()
    addCaptions(first, captions, 'fr')
    expect(shown(first)).toEqual(['French'])
    show(first, 'en')
    first.changed()

    const second = player()
    addCaptions(second, captions, null)
    expect(shown(second)).toEqual(['English (generated)'])
  })

  it('stay away once they have been switched off', () => {
    const first = player()
    addCaptions(first, [caption('en', 'English')], 'en')
    show(first, null)
    first.changed()
    const second = player()
    addCaptions(second, [caption('en', 'English')], null)
    expect(shown(second)).toEqual([])
  })
})

describe('A key', () => {
  const player = (paused: boolean) => {
    let time = 10
    return {
      paused: () => paused,
      duration: () => 60,
      currentTime: (to?: number) => (to === undefined ? time : (time = to)),
      playbackRate: vi.fn(() => 1)
    } as unknown as KeyTarget
  }

  it('steps by one picture while the video rests, and does nothing else while it plays', () => {
    const resting = player(true)
    pressed(resting, '.')
    expect(resting.currentTime()).toBeCloseTo(10.033, 3)
    const playing = player(false)
    pressed(playing, ',')
    expect(playing.currentTime()).toBe(10)
  })

  it('reaches the page where the page offers something', () => {
    const theatre = vi.fn()
    expect(pressed(player(true), 't', { theatre })).toBe(true)
    expect(theatre).toHaveBeenCalledOnce()
    expect(pressed(player(true), 't')).toBe(false)
  })
})
