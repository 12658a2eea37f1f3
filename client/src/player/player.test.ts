// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VideoFile } from '../api/types'
import type { ViewReport } from '../api/videos'
import { FileQualities } from './file-qualities'
import { isTakenBy, pressed, type KeyTarget } from './hotkeys'
import { firstFile, qualityLabel, withFileToken } from './playback'
import { startTime } from './start-time'
import { ViewReports } from './view-reports'

const file = (resolution: number): VideoFile => ({
  id: resolution,
  resolution: { id: resolution, label: `${resolution}p` },
  size: 1,
  fps: 25,
  fileUrl: `https://here.example/${resolution}.mp4`
})

describe('Plain files', () => {
  const files = [file(1080), file(480), file(240)]

  it('begin with the best that fits the screen', () => {
    expect(firstFile(files, 900)?.id).toBe(480)
    expect(firstFile(files, 2000)?.id).toBe(1080)
    expect(firstFile(files, 100)?.id).toBe(240)
    expect(firstFile([], 900)).toBeUndefined()
  })

  it('are opened by a token when they are private', () => {
    expect(withFileToken('https://here.example/a.mp4?x=1', 'secret')).toBe(
      'https://here.example/a.mp4?x=1&videoFileToken=secret'
    )
    expect(withFileToken('https://here.example/a.mp4', null)).toBe('https://here.example/a.mp4')
  })

  it('are the qualities of the menu', () => {
    const played: number[] = []
    const heard = vi.fn()
    const qualities = new FileQualities(files, files[1]!, ({ id }) => played.push(id))
    qualities.onChange(heard)

    qualities.choose(480)
    qualities.choose(1080)
    qualities.choose(7)

    expect(played).toEqual([1080])
    expect([qualities.chosen(), qualities.current()]).toEqual([1080, '1080p'])
    expect(new FileQualities([{ ...file(720), fps: 60 }], files[0]!, () => {}).list()[0]?.label).toBe(
      '720p60'
    )
    expect(heard).toHaveBeenCalledOnce()
  })
})

describe('A quality', () => {
  it('is named by its shorter side, and by its frames when they are many', () => {
    expect(qualityLabel(1920, 1080, 25)).toBe('1080p')
    expect(qualityLabel(720, 1280, 30)).toBe('720p')
    expect(qualityLabel(1280, 720, 59.94)).toBe('720p60')
  })
})

describe('The start in an address', () => {
  it.each([
    ['90', 90],
    ['90s', 90],
    ['1m30s', 90],
    ['1h2m3s', 3723],
    ['1:30', 90],
    ['1:02:03', 3723],
    ['later', 0],
    [null, 0]
  ])('%s is %d seconds', (text, seconds) => expect(startTime(text)).toBe(seconds))
})

describe('The reports of a view', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function watching() {
    let time = 0
    const listeners: Record<string, () => void> = {}
    const sent: ViewReport[] = []
    const player = {
      currentTime: () => time,
      on: (event: string, listener: () => void) => (listeners[event] = listener)
    }
    const reports = new ViewReports(player, 5000, 'session', (report) => sent.push(report))
    return {
      reports,
      times: () => sent.map((report) => report.currentTime),
      events: () => sent.map((report) => report.viewEvent),
      play: () => listeners.playing?.(),
      to: (seconds: number) => {
        time = seconds
        listeners.timeupdate?.()
      }
    }
  }

  it('come at the first frame and at every interval in which the position moved', () => {
    const { times, play, to } = watching()
    play()
    to(2.4)
    vi.advanceTimersByTime(5000)
    vi.advanceTimersByTime(15_000)
    expect(times()).toEqual([0, 2])
  })

  it('come at a jump, not at small steps', () => {
    const { times, events, play, to } = watching()
    play()
    to(1)
    to(3.5)
    to(60)
    expect(times()).toEqual([0, 60])
    expect(events()).toEqual([undefined, 'seek'])
  })

  it('end with the page', () => {
    const { reports, times, play, to } = watching()
    play()
    to(2)
    reports.stop()
    vi.advanceTimersByTime(60_000)
    expect(times()).toEqual([0, 2])
  })

  it('do not come at all from a video that was never played', () => {
    const { reports, times, to } = watching()
    to(30)
    reports.stop()
    expect(times()).toEqual([])
  })
})

describe('A key', () => {
  function target() {
    const state = { time: 50, volume: 0.5, rate: 1, paused: true, muted: true }
    const player: KeyTarget = {
      paused: () => state.paused,
      play: () => void (state.paused = false),
      pause: () => void (state.paused = true),
      currentTime: (seconds) => (seconds === undefined ? state.time : (state.time = seconds)),
      duration: () => 100,
      volume: (level) => (level === undefined ? state.volume : (state.volume = level)),
      muted: (value) => (value === undefined ? state.muted : (state.muted = value)),
      isFullscreen: () => false,
      requestFullscreen: () => undefined,
      exitFullscreen: () => undefined,
      playbackRate: (rate) => (rate === undefined ? state.rate : (state.rate = rate))
    }
    return { player, state }
  }

  it.each([
    ['k', { paused: false }],
    ['ArrowRight', { time: 55 }],
    ['7', { time: 70 }],
    ['ArrowUp', { volume: 0.55, muted: false }],
    ['m', { muted: false }],
    ['>', { rate: 1.25 }]
  ])('%s changes the player to %o', (key, change) => {
    const { player, state } = target()
    const before = { ...state }
    expect(pressed(player, key)).toBe(true)
    expect(state).toEqual({ ...before, ...change })
  })

  it('never seeks beyond the ends', () => {
    const { player, state } = target()
    state.time = 98
    pressed(player, 'ArrowRight')
    expect(state.time).toBe(100)
  })

  it('that means nothing is left alone', () => {
    expect(pressed(target().player, 'q')).toBe(false)
  })

  it('belongs to the field or the button that has the focus', () => {
    document.body.innerHTML = '<input /><button></button><p></p>'
    const [input, button, text] = document.body.children
    expect(isTakenBy(input!, 'k')).toBe(true)
    expect(isTakenBy(button!, ' ')).toBe(true)
    expect(isTakenBy(button!, 'k')).toBe(false)
    expect(isTakenBy(text!, ' ')).toBe(false)
  })
})
