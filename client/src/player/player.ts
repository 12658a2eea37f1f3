import videojs from 'video.js/core'
import 'video.js/dist/video-js.css'
import type { Caption, Chapter, Storyboard, VideoFile } from '../api/types'
import { addCaptions } from './captions'
import { chapterAt } from './chapters'
import { FileQualities } from './file-qualities'
import { hlsType, isHlsSupported, registerHls, type HlsSource } from './hls-source'
import { isTakenBy, playbackRates, pressed, type KeyActions, type KeyTarget } from './hotkeys'
import { firstFile, withFileToken, type Playback } from './playback'
import { Preview } from './preview'
import { addQualityMenu, type QualityMenu } from './quality-menu'
import type { Qualities } from './qualities'
import './skin.css'
import { addTheatreButton, type TheatreSwitch } from './theatre-button'
import { rememberVolume } from './volume'

export interface PlayerOptions {
  playback: Playback
  poster: string | null
  /** Seconds to begin at, and to stop at where that is not the end. */
  start: number
  stop?: number | null
  autoplay?: boolean
  muted?: boolean
  loop?: boolean
  rate?: number
  /** Whether there are controls at all, and the bar in them. */
  controls?: boolean
  controlBar?: boolean
  /** Plain files although there is a stream. */
  prefersFiles?: boolean
  /** Headers for the files of this server: what opens a restricted video. */
  headers: () => Record<string, string>
  /** Opens the plain files of a restricted video, null when they are open. */
  fileToken: string | null
  /** Nothing of the video can be played. */
  onFailure: (reason: string) => void
  /** What the keys do beyond the player; theatre mode has a button, too. */
  keys?: KeyActions
}

type VideoJsPlayer = ReturnType<typeof videojs>

registerHls()

// The menus for captions and qualities stand before full screen; see addQualityMenu.
const barChildren = [
  ...['playToggle', 'volumePanel', 'currentTimeDisplay', 'timeDivider', 'durationDisplay'],
  ...[
    'progressControl',
    'subsCapsButton',
    'playbackRateMenuButton',
    'pictureInPictureToggle',
    'fullscreenToggle'
  ]
]

/** Our face of video.js: HLS first, plain files when that fails or is not there. */
export class Player {
  readonly videojs: VideoJsPlayer
  #menu: QualityMenu
  #preview: Preview
  #title: HTMLElement
  #theatre: TheatreSwitch | null = null
  #files: VideoFile[]
  #chapters: Chapter[] = []
  #qualities: Qualities | null = null
  #onQualities: (() => void)[] = []

  constructor(
    element: HTMLVideoElement,
    private options: PlayerOptions
  ) {
    this.#files = options.playback.files
    this.videojs = videojs(element, {
      controls: options.controls ?? true,
      fill: true,
      preload: 'metadata',
      poster: options.poster ?? undefined,
      autoplay: options.autoplay ? 'play' : false,
      loop: options.loop ?? false,
      playbackRates: [...playbackRates],
      errorDisplay: false,
      // Its dialog is not one by the rules of accessibility, and browsers and systems have their own styles of captions.
      textTrackSettings: false,
      html5: { nativeTextTracks: false },
      controlBar: { children: barChildren }
    } as object)
    const { el, bar, title } = this.#furnish()
    this.#title = title
    this.#preview = new Preview(this.videojs, el, bar)
    this.#menu = addQualityMenu(this.videojs)
    if (options.keys?.theatre) this.#theatre = addTheatreButton(this.videojs, options.keys.theatre)
    rememberVolume(this.videojs)
    if (options.muted !== undefined) this.videojs.muted(options.muted)
    document.addEventListener('keydown', this.#onKeydown)
    this.videojs.one('loadedmetadata', () => {
      if (options.start > 0) this.videojs.currentTime(options.start)
      if (options.rate) this.videojs.playbackRate(options.rate)
    })
    this.videojs.on('timeupdate', () => this.#onTime())
    this.videojs.on('error', () => this.#onError())
    this.#begin()
  }

  /** What can be chosen in the quality menu; null until the source has said. */
  get qualities(): Qualities | null {
    return this.#qualities
  }

  onQualities(listener: () => void): void {
    this.#onQualities.push(listener)
  }

  addCaptions(captions: Caption[], wanted: string | null): void {
    addCaptions(this.videojs, captions, wanted)
  }

  setChapters(chapters: Chapter[]): void {
    this.#chapters = chapters
    this.#preview.setChapters(chapters)
    this.#onTime()
  }

  setStoryboard(storyboard: Storyboard | null): void {
    this.#preview.setStoryboard(storyboard)
  }

  sayTheatre(isOn: boolean): void {
    this.#theatre?.say(isOn)
  }

  dispose(): void {
    document.removeEventListener('keydown', this.#onKeydown)
    this.videojs.dispose()
  }

  /** The places in the control bar of what video.js does not know: the preview, and the title of the chapter. */
  #furnish(): { el: HTMLElement; bar: HTMLElement; title: HTMLElement } {
    /* eslint-disable @typescript-eslint/no-explicit-any -- its types do not know its own children */
    const control = (this.videojs as any).controlBar
    const progress = control.getChild('progressControl')
    const title = document.createElement('div')
    title.className = 'vjs-control vidilog-chapter-title'
    control.getChild('durationDisplay').el().after(title)
    if (this.options.controlBar === false) control.hide()
    return { el: progress.el(), bar: progress.seekBar.el(), title }
    /* eslint-enable @typescript-eslint/no-explicit-any */
  }

  #begin(): void {
    const { hlsUrl } = this.options.playback
    const wantsFiles = this.options.prefersFiles && this.#files.length > 0
    if (hlsUrl && isHlsSupported() && !wantsFiles) this.#playHls(hlsUrl)
    else this.#playFiles(0)
  }

  #playHls(url: string): void {
    const source: HlsSource = {
      src: url,
      type: hlsType,
      hooks: {
        headers: this.options.headers,
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
    this.#qualities = qualities
    const tell = () => {
      if (this.videojs.isDisposed()) return
      this.#menu.offer(qualities)
      for (const listener of this.#onQualities) listener()
    }
    tell()
    qualities.onChange(tell)
  }

  #onTime(): void {
    const now = this.videojs.currentTime() ?? 0
    const { stop } = this.options
    if (stop && now >= stop && !this.videojs.paused()) {
      this.options.stop = null // once: whoever plays on wants to see the rest
      this.videojs.pause()
    }
    const title = this.#chapters[chapterAt(this.#chapters, now)]?.title ?? ''
    if (this.#title.textContent !== title) this.#title.textContent = title
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
    // Outside the player only letters, digits and signs: arrows and space scroll the page there.
    if (!isInside && target !== document.body && !/^[a-z0-9?]$/.test(event.key)) return
    if (!isInside && /^(Arrow|\s)/.test(event.key)) return
    if (isTakenBy(target, event.key)) return
    if (pressed(this.videojs as unknown as KeyTarget, event.key, this.options.keys)) event.preventDefault()
  }
}
