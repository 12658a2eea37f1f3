import Hls, { type ErrorData, type HlsConfig } from 'hls.js'
import videojs from 'video.js/core'
import { qualityLabel } from './playback'
import { automatic, type Qualities, type Quality } from './qualities'
import { remember, remembered } from './storage'

export const hlsType = 'application/x-mpegURL'

/** What the player says and hears about one HLS source; travels on the source object. */
export interface HlsHooks {
  /** Headers for requests to this server: what opens a restricted video. */
  headers: () => Record<string, string>
  onQualities: (qualities: Qualities) => void
  /** Every cure has been tried. */
  onGiveUp: () => void
}

export interface HlsSource {
  src: string
  type: typeof hlsType
  hooks: HlsHooks
}

interface Html5Tech {
  el(): HTMLVideoElement
}

const types = /^application\/(x-mpegurl|vnd\.apple\.mpegurl)$/i

/** Attempts after network errors, one second apart, before giving up. */
const networkAttempts = 5

/**
 * Makes video.js play HLS with hls.js. A source handler of the Html5 tech, not a tech of its own: the element, its
 * controls and its events stay those of video.js. Index 0 asks it before the native handler, which Chromium has too.
 */
export function registerHls(): void {
  const html5 = videojs.getTech('Html5') as unknown as {
    registerSourceHandler(handler: object, index: number): void
  }
  html5.registerSourceHandler(
    {
      canPlayType: (type: string) => (types.test(type) && Hls.isSupported() ? 'probably' : ''),
      canHandleSource: (source: HlsSource) =>
        source.hooks && types.test(source.type) && Hls.isSupported() ? 'probably' : '',
      handleSource: (source: HlsSource, tech: Html5Tech) => play(source, tech.el())
    },
    0
  )
}

export const isHlsSupported = (): boolean => Hls.isSupported()

function play(source: HlsSource, element: HTMLVideoElement): { dispose(): void } {
  const hls = new Hls(configuration(source))
  heal(hls, source.hooks.onGiveUp)
  hls.on(Hls.Events.MANIFEST_PARSED, () => source.hooks.onQualities(qualitiesOf(hls)))
  hls.on(Hls.Events.FRAG_LOADED, () => {
    if (hls.bandwidthEstimate > 0) remember('average-bandwidth', String(Math.round(hls.bandwidthEstimate)))
  })
  hls.attachMedia(element)
  hls.loadSource(source.src)
  return { dispose: () => hls.destroy() }
}

function configuration(source: HlsSource): Partial<HlsConfig> {
  const bandwidth = Number.parseInt(remembered('average-bandwidth') ?? '', 10)
  return {
    // The first segment is already in the quality that the connection bore the last time.
    ...(bandwidth > 0 && { abrEwmaDefaultEstimate: bandwidth, testBandwidth: false, startLevel: -1 }),
    enableWorker: false,
    capLevelToPlayerSize: true,
    // Seconds kept for a jump back; without it a long video fills the memory.
    backBufferLength: 90,
    xhrSetup: (xhr, url) => {
      if (new URL(url, location.href).origin !== location.origin) return
      for (const [name, value] of Object.entries(source.hooks.headers())) xhr.setRequestHeader(name, value)
    }
  }
}

/** Cures fatal errors as far as they can be: the network by asking again, the decoder by a restart. */
function heal(hls: Hls, giveUp: () => void): void {
  let networkFailures = 0
  let mediaFailures = 0

  hls.on(Hls.Events.FRAG_LOADED, () => (networkFailures = 0))
  hls.on(Hls.Events.ERROR, (_event, data: ErrorData) => {
    if (!data.fatal) return
    // Without a playlist there is nothing to go on with, and hls.js has asked for it more than once.
    const hasPlaylist = hls.levels.length > 0
    if (hasPlaylist && data.type === Hls.ErrorTypes.NETWORK_ERROR && ++networkFailures <= networkAttempts) {
      setTimeout(() => hls.startLoad(), 1000)
    } else if (data.type === Hls.ErrorTypes.MEDIA_ERROR && ++mediaFailures <= 2) {
      if (mediaFailures === 2) hls.swapAudioCodec()
      hls.recoverMediaError()
    } else {
      hls.destroy()
      giveUp()
    }
  })
}

function qualitiesOf(hls: Hls): Qualities {
  const label = (index: number): string => {
    const level = hls.levels[index]
    if (!level) return ''
    return level.height > 0 ? qualityLabel(level.width, level.height, level.frameRate) : 'Audio only'
  }
  const levels = (): Quality[] =>
    hls.levels.map(({ width, height }, id) => ({ id, label: label(id), width, height }))
  const byHeight = (a: Quality, b: Quality) =>
    (hls.levels[b.id]?.height ?? 0) - (hls.levels[a.id]?.height ?? 0)
  let chosen = automatic

  return {
    list: () => [...levels().sort(byHeight), { id: automatic, label: 'Auto' }],
    chosen: () => chosen,
    current: () => label(hls.currentLevel),
    choose: (id) => {
      chosen = id
      hls.nextLevel = id
    },
    onChange: (listener) => hls.on(Hls.Events.LEVEL_SWITCHED, listener)
  }
}
