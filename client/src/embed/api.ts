import { captionTracks, show } from '../player/captions'
import { playbackRates } from '../player/hotkeys'
import type { Player } from '../player/player'
import { automatic } from '../player/qualities'
import type { Channel } from './channel'

/** Milliseconds between two reports of the position, PeerTube's. */
const reportInterval = 500

type Playback = 'unstarted' | 'playing' | 'paused' | 'ended'

/** What pages may do with a player in a frame of theirs: PeerTube's embed API, version 0.2. */
export class EmbedApi {
  #player: Player | null = null

  constructor(
    private channel: Channel,
    private unlock: (password: string) => void
  ) {
    this.#bindPlayback()
    this.#bindChoices()
    channel.open()
  }

  /** Tells the page that the player is there, and what happens in it from now on. */
  begin(player: Player): void {
    this.#player = player
    this.#report(player)
    const tell = () => this.channel.notify('resolutionUpdate', this.#resolutions())
    player.onQualities(tell)
    tell()
    this.channel.notify('ready', true)
  }

  get #videojs() {
    if (!this.#player) throw new Error('The player is not ready yet.')
    return this.#player.videojs
  }

  #bindPlayback(): void {
    const bind = this.channel.bind.bind(this.channel)
    bind('isReady', () => this.#player !== null)
    // A browser that does not let the video begin by itself is no error of the caller.
    bind('play', () => void Promise.resolve(this.#videojs.play()).catch(() => undefined))
    bind('pause', () => void this.#videojs.pause())
    bind('isPlaying', () => !this.#videojs.paused())
    bind('seek', (seconds) => void this.#videojs.currentTime(Number(seconds)))
    bind('getCurrentTime', () => this.#videojs.currentTime())
    bind('setVolume', (level) => void this.#videojs.volume(Number(level)))
    bind('getVolume', () => this.#videojs.volume())
    bind('setPlaybackRate', (rate) => void this.#videojs.playbackRate(Number(rate)))
    bind('getPlaybackRate', () => this.#videojs.playbackRate())
    bind('getPlaybackRates', () => playbackRates)
    bind('getImageDataUrl', () => this.#picture())
  }

  #bindChoices(): void {
    const bind = this.channel.bind.bind(this.channel)
    bind('setResolution', (id) => this.#player?.qualities?.choose(Number(id)))
    bind('getResolutions', () => this.#resolutions())
    bind('getCaptions', () =>
      captionTracks(this.#videojs).map(({ id, src, label, mode }) => ({ id, src, label, mode }))
    )
    bind('setCaption', (id) => show(this.#videojs, typeof id === 'string' ? id : null))
    bind('setVideoPassword', (password) => this.unlock(String(password)))
    // One video has neither neighbours nor a place among them.
    for (const name of ['playNextVideo', 'playPreviousVideo', 'getCurrentPosition'])
      bind(name, () => undefined)
  }

  #resolutions() {
    const qualities = this.#player?.qualities
    if (!qualities) return []
    return qualities.list().map(({ id, label, width, height }) => ({
      id,
      label: id === automatic ? `Auto ${qualities.current()}`.trim() : label,
      active: id === qualities.chosen(),
      width,
      height
    }))
  }

  #report(player: Player): void {
    const { videojs } = player
    let state: Playback = 'unstarted'
    const change = (event: string, next: Playback) =>
      videojs.on(event, () => {
        state = next
        this.channel.notify('playbackStatusChange', next)
      })
    change('play', 'playing')
    change('pause', 'paused')
    change('ended', 'ended')
    videojs.on('volumechange', () => this.channel.notify('volumeChange', videojs.volume()))

    const timer = setInterval(() => {
      this.channel.notify('playbackStatusUpdate', {
        position: videojs.currentTime() ?? 0,
        volume: videojs.volume(),
        duration: videojs.duration(),
        playbackState: state
      })
    }, reportInterval)
    videojs.on('dispose', () => clearInterval(timer))
  }

  #picture(): string {
    const video = this.#videojs.el().querySelector('video')
    const canvas = document.createElement('canvas')
    if (!video) return ''
    canvas.width = video.videoWidth
    canvas.height = video.videoHeight
    canvas.getContext('2d')?.drawImage(video, 0, 0)
    return canvas.toDataURL('image/jpeg')
  }
}
