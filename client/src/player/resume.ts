import { remember, remembered } from './storage'

/** Seconds at either end of a video in which going on makes no sense. */
const margin = 5
/** Days after which a position that nobody came back to is dropped. */
const daysKept = 30

type Positions = Record<string, { duration: number; date: string }>

function positions(): Positions {
  try {
    const stored: unknown = JSON.parse(remembered('video-watch-history') ?? '{}')
    return typeof stored === 'object' && stored !== null ? (stored as Positions) : {}
  } catch {
    return {}
  }
}

/** Where somebody who is not logged in left a video, in PeerTube's form; those who are have it on the server. */
export function storedPosition(uuid: string): number {
  const seconds = positions()[uuid]?.duration
  return typeof seconds === 'number' ? seconds : 0
}

export function storePosition(uuid: string, seconds: number, now = new Date()): void {
  const oldest = now.getTime() - daysKept * 86_400_000
  const kept = Object.entries(positions()).filter(([, { date }]) => Date.parse(date) >= oldest)
  const all = { ...Object.fromEntries(kept), [uuid]: { duration: seconds, date: now.toISOString() } }
  remember('video-watch-history', JSON.stringify(all))
}

/** The second to begin at: a position that is neither at the beginning nor at the end, 0 otherwise. */
export function resumeAt(position: number | undefined, duration: number): number {
  if (position === undefined || position < margin || position > duration - margin) return 0
  return Math.floor(position)
}
