import { startTime } from '../player/start-time'

/** What the address of an embedded player says; PeerTube's parameters and defaults. */
export interface Parameters {
  autoplay: boolean
  /** Unset leaves it to what the viewer chose the last time. */
  muted: boolean | undefined
  loop: boolean
  controls: boolean
  controlBar: boolean
  title: boolean
  /** The link to the instance in the control bar. */
  peertubeLink: boolean
  /** Seconds, 0 where it is not said. */
  start: number
  stop: number
  playbackRate: number
  subtitle: string | null
  mode: 'web-video' | 'p2p-media-loader' | null
  api: boolean
  scope: string
  waitPasswordFromEmbedAPI: boolean
  bigPlayBackgroundColor: string | null
  foregroundColor: string | null
}

export function parametersOf(query: URLSearchParams): Parameters {
  function toggle<T>(name: string, usual: T): boolean | T {
    const value = query.get(name)
    return value === null ? usual : value === '1' || value === 'true'
  }
  const mode = query.get('mode')
  return {
    autoplay: toggle('autoplay', false),
    muted: toggle('muted', undefined),
    loop: toggle('loop', false),
    controls: toggle('controls', true),
    controlBar: toggle('controlBar', true),
    title: toggle('title', true),
    peertubeLink: toggle('peertubeLink', true),
    start: startTime(query.get('start')),
    stop: startTime(query.get('stop')),
    playbackRate: Number.parseFloat(query.get('playbackRate') ?? '') || 0,
    subtitle: query.get('subtitle'),
    mode: mode === null ? null : mode === 'p2p-media-loader' ? mode : 'web-video',
    api: toggle('api', false),
    scope: query.get('scope') ?? 'peertube',
    waitPasswordFromEmbedAPI: toggle('waitPasswordFromEmbedAPI', false),
    bigPlayBackgroundColor: query.get('bigPlayBackgroundColor'),
    foregroundColor: query.get('foregroundColor')
  }
}
