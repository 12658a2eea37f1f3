import { request } from '../api/request'
import { session } from './session.svelte'

/** PeerTube's keys and defaults for those who are not logged in; the others have it in their account. */
const keys = { video: 'auto_play_video', next: 'auto_play_next_video' } as const

function stored(key: string, usual: boolean): boolean {
  const value = localStorage.getItem(key)
  return value === null ? usual : value === 'true'
}

class Autoplay {
  #next = $state(stored(keys.next, false))
  #isAsked = false

  /** Whether a video begins by itself: by the user's choice, or because the one before led to it. */
  get beginsNow(): boolean {
    const isAsked = this.#isAsked
    this.#isAsked = false
    return isAsked || (session.user ? (session.user.autoPlayVideo ?? true) : stored(keys.video, true))
  }

  /** Whether the next video follows by itself. */
  get next(): boolean {
    return session.user ? (session.user.autoPlayNextVideo ?? false) : this.#next
  }

  setNext(next: boolean): void {
    this.#next = next
    if (!session.user) {
      localStorage.setItem(keys.next, String(next))
      return
    }
    session.user = { ...session.user, autoPlayNextVideo: next }
    // Kept for this page in any case; the next one asks the server.
    request('/users/me', { method: 'PUT', json: { autoPlayNextVideo: next } }).catch(() => undefined)
  }

  /** The next watch page begins to play whatever the settings say. */
  ask(): void {
    this.#isAsked = true
  }
}

export const autoplay = new Autoplay()
