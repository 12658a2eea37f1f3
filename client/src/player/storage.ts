/** What the player remembers, under the keys of PeerTube's player: a habit outlives a change of client. */
const prefix = 'peertube-videojs-'

export type Remembered =
  'volume' | 'mute' | 'theater-enabled' | 'last-subtitle' | 'average-bandwidth' | 'video-watch-history'

export function remembered(name: Remembered): string | null {
  try {
    return localStorage.getItem(prefix + name)
  } catch {
    return null // a frame of another site, where the browser gives no storage
  }
}

export function remember(name: Remembered, value: string): void {
  try {
    localStorage.setItem(prefix + name, value)
  } catch {
    // No room or no permission: the next page begins with the defaults.
  }
}
