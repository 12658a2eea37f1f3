import type { ViewReport } from '../api/videos'

/** The part of the player that the reports read. */
export interface Watched {
  currentTime(): number | undefined
  on(event: string, listener: () => void): void
}

type Send = (report: ViewReport, isLast: boolean) => void

/** Seconds a jump needs to count as one; shorter ones are the jitter of playback. */
const seekDistance = 3

/**
 * Tells the server what is watched, as PeerTube's player does: at the first frame, every `interval` milliseconds
 * while the position moves, at jumps, and at the end.
 */
export class ViewReports {
  #timer: ReturnType<typeof setInterval> | undefined
  #last: number | null = null
  #position = 0

  constructor(
    private player: Watched,
    private interval: number,
    private sessionId: string,
    private send: Send
  ) {
    player.on('playing', () => this.#begin())
    player.on('timeupdate', () => this.#onTime())
    player.on('ended', () => this.#report())
  }

  /** The last word, when the page is left. */
  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#report(undefined, true)
  }

  #begin(): void {
    if (this.#timer !== undefined) return
    this.#timer = setInterval(() => this.#report(), this.interval)
    this.#report()
  }

  #onTime(): void {
    const now = this.player.currentTime() ?? 0
    const jumped = Math.abs(now - this.#position) >= seekDistance
    this.#position = now
    if (jumped && this.#timer !== undefined) this.#report('seek')
  }

  #report(viewEvent?: 'seek', isLast = false): void {
    const now = Math.floor(this.player.currentTime() ?? this.#position)
    if (now === this.#last || (isLast && this.#last === null)) return
    this.#last = now
    this.send({ currentTime: now, sessionId: this.sessionId, ...(viewEvent && { viewEvent }) }, isLast)
  }
}

/** PeerTube's key. */
const sessionKey = 'peertube-videojs-session-id'

/** Names this tab to the server, so that it counts a viewer once. Ends with the tab and says nothing else. */
export function viewSession(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  try {
    const stored = sessionStorage.getItem(sessionKey)
    if (stored) return stored
    sessionStorage.setItem(sessionKey, id)
  } catch {
    // No storage in this frame: the name lasts as long as the page.
  }
  return id
}
