import videojs from 'video.js/core'
import 'video.js/dist/video-js.css'
import type { VideoFile } from '../api/types'
import { FileQualities } from './file-qualities'
import { hlsType, isHlsSupported, registerHls, type HlsSource } from './hls-source'
import { isTakenBy, pressed, type KeyTarget } from './hotkeys'
import { firstFile, withFileToken, type Playback } from './playback'
import { addQualityMenu, type QualityMenu } from './quality-menu'
import type { Qualities } from './qualities'
import './skin.css'
import { rememberVolume } from './volume'

export interface PlayerOptions {
  playback: Playback
  poster: string | null
  /** Seconds to begin at. */
  start: number
  /** Authorization header for the files of this server, null for none. */
  authorization: () => string | null
  /** Opens the plain files of a private video, null when they are open. */
  fileToken: string | null
  /** Nothing of the video can be played. */
  onFailure: (reason: string) => void
}

type VideoJsPlayer = ReturnType<typeof videojs>

registerHls()

/** Our face of video.js: HLS first, plain files when that fails or is not there. */
export class Player {
  readonly videojs: VideoJsPlayer
  #menu: QualityMenu
  #files: VideoFile[]

  constructor(
    element: HTMLVideoElement,
    private options: PlayerOptions
  ) {
    this.#files = options.playback.files
    this.videojs = videojs(element, {
      controls: true,
      fill: true,
      preload: 'metadata',
      poster: options.poster ?? undefined,
      playbackRates: [0.5, 0.75, 1, 1.25, 1.5, 2],
      errorDisplay: false,
      html5: { nativeTextTracks: false },
      controlBar: {
        // The menu for qualities comes in before full screen; see addQualityMenu.
        children: [
          ...['playToggle', 'volumePanel', 'currentTimeDisplay', 'timeDivider', 'durationDisplay'],
          ...['progressControl', 'playbackRateMenuButton', 'pictureInPictureToggle', 'fullscreenToggle']
        ]
      }
    })
    this.#menu = addQualityMenu(this.videojs)
    rememberVolume(this.videojs)
    document.addEventListener('keydown', this.#onKeydown)
    this.videojs.one('loadedmetadata', () => {
      if (options.start > 0) this.videojs.currentTime(options.start)
    })
    this.videojs.on('error', () => this.#onError())
    this.#begin()
  }

  dispose(): void {
    document.removeEventListener('keydown', this.#onKeydown)
    this.videojs.dispose()
  }

  #begin(): void {
    const { hlsUrl } = this.options.playback
    if (hlsUrl && isHlsSupported()) this.#playHls(hlsUrl)
    else this.#playFiles(0)
  }

  #playHls(url: string): void {
    const source: HlsSource = {
      src: url,
      type: hlsType,
      hooks: {
        authorization: this.options.authorization,
        onQualities: (qualities) => this.#offer(qualities),
        onGiveUp: () => this.#playFiles(this.videojs.currentTime() ?? 0)
      }
    }
    this.videojs.src(source)
  }

  /** Plain files from `time` on; where there are none, a browser that knows HLS itself may still play the stream. */
  #playFiles(time: number): void {
    const first = firstFile(this.#files, window.screen.height)
    const { hlsUrl } = this.options.playback
    if (first) {
      this.#offer(
        new FileQualities(this.#files, first, (file) => this.#playFile(file, this.videojs.currentTime() ?? 0))
      )
      this.#playFile(first, time)
    } else if (hlsUrl && !isHlsSupported()) {
      const url = new URL(withFileToken(hlsUrl, this.options.fileToken), location.href)
      if (this.options.fileToken) url.searchParams.set('reinjectVideoFileToken', 'true')
      this.videojs.src({ src: url.href, type: hlsType })
    } else {
      this.#fail()
    }
  }

  #playFile(file: VideoFile, time: number): void {
    const wasPlaying = !this.videojs.paused()
    this.videojs.one('loadedmetadata', () => {
      if (time > 0) this.videojs.currentTime(time)
      if (wasPlaying) void this.videojs.play()
    })
    // The type is left to the browser: nothing tells the container but the file.
    this.videojs.src({ src: withFileToken(file.fileUrl, this.options.fileToken), type: 'video/mp4' })
  }

  #offer(qualities: Qualities): void {
    this.#menu.offer(qualities)
    qualities.onChange(() => {
      if (!this.videojs.isDisposed()) this.#menu.offer(qualities)
    })
  }

  /** Reached when the element itself gives up; hls.js has its own cures and ends in #playFiles. */
  #onError(): void {
    const source = this.videojs.currentSource() as { type?: string }
    if (source.type === hlsType && this.#files.length > 0) this.#playFiles(this.videojs.currentTime() ?? 0)
    else this.#fail()
  }

  #fail(): void {
    this.options.onFailure('The video cannot be played here: its files could not be loaded or decoded.')
  }

  #onKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    const target = event.target
    const isInside = target instanceof Node && this.videojs.el().contains(target)
    // Outside the player only letters and digits: arrows and space scroll the page there.
    if (!isInside && target !== document.body && !/^[a-z0-9]$/.test(event.key)) return
    if (!isInside && /^(Arrow|\s)/.test(event.key)) return
    if (isTakenBy(target, event.key)) return
    if (pressed(this.videojs as unknown as KeyTarget, event.key)) event.preventDefault()
  }
}
