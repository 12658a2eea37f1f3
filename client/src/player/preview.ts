import type { Chapter, Storyboard } from '../api/types'
import { clock } from '../text/duration'
import { chapterAt, marksOf } from './chapters'
import { spriteAt } from './storyboard'

/** The part of the player that the preview needs. */
interface Timed {
  duration(): number | undefined
  on(event: string, listener: () => void): void
}

/** Pixels a preview is wide at most; sprites of a size of their own are scaled down to it. */
const maxWidth = 200

/** What shows above the progress bar under the mouse: picture, chapter and time. Also the marks where chapters begin. */
export class Preview {
  #box = element('vidilog-preview')
  #picture = element('vidilog-preview-picture')
  #title = element('vidilog-preview-title')
  #time = element('vidilog-preview-time')
  #marks: HTMLElement[] = []
  #chapters: Chapter[] = []
  #storyboard: Storyboard | null = null

  constructor(
    private player: Timed,
    // The area that follows the mouse, and the bar in it.
    area: HTMLElement,
    private bar: HTMLElement
  ) {
    this.#box.append(this.#picture, this.#title, this.#time)
    this.#box.hidden = true
    this.#box.setAttribute('aria-hidden', 'true')
    area.append(this.#box)
    area.addEventListener('pointermove', (event) => this.#show(event))
    area.addEventListener('pointerleave', () => (this.#box.hidden = true))
    player.on('durationchange', () => this.#mark())
  }

  setStoryboard(storyboard: Storyboard | null): void {
    this.#storyboard = storyboard
    // Loaded before the mouse comes, but not before the video has what it needs.
    if (storyboard) new Image().src = spriteAt(storyboard, 0).url
  }

  setChapters(chapters: Chapter[]): void {
    this.#chapters = chapters
    this.#mark()
  }

  #mark(): void {
    for (const mark of this.#marks) mark.remove()
    this.#marks = marksOf(this.#chapters, this.player.duration() ?? 0).map((share) => {
      const mark = element('vidilog-chapter-mark')
      mark.style.insetInlineStart = `${share * 100}%`
      return mark
    })
    this.bar.append(...this.#marks)
  }

  #show(event: PointerEvent): void {
    const duration = this.player.duration() ?? 0
    const { left, width } = this.bar.getBoundingClientRect()
    if (event.pointerType === 'touch' || width === 0 || !Number.isFinite(duration)) return
    const share = Math.min(Math.max((event.clientX - left) / width, 0), 1)
    const seconds = share * duration
    this.#paint(seconds)
    this.#title.textContent = this.#chapters[chapterAt(this.#chapters, seconds)]?.title ?? ''
    this.#time.textContent = clock(seconds)
    this.#box.hidden = false
    // Beside the ends of the bar it stays within the picture.
    const half = this.#box.offsetWidth / 2
    this.#box.style.left = `${Math.min(Math.max(share * width, half), width - half)}px`
  }

  #paint(seconds: number): void {
    this.#picture.hidden = this.#storyboard === null
    if (!this.#storyboard) return
    const { url, x, y, width, height } = spriteAt(this.#storyboard, seconds)
    const scale = Math.min(1, maxWidth / width)
    const { totalWidth, totalHeight } = this.#storyboard
    Object.assign(this.#picture.style, {
      width: `${width * scale}px`,
      height: `${height * scale}px`,
      backgroundImage: `url("${url}")`,
      backgroundSize: `${totalWidth * scale}px ${totalHeight * scale}px`,
      backgroundPosition: `${-x * scale}px ${-y * scale}px`
    })
  }
}

function element(className: string): HTMLElement {
  const made = document.createElement('div')
  made.className = className
  return made
}
