import type { Chapter } from '../api/types'

/** The index of the chapter a moment lies in, -1 before the first. */
export function chapterAt(chapters: Chapter[], seconds: number): number {
  return chapters.findLastIndex(({ timecode }) => timecode <= seconds)
}

/** Where chapters begin on the progress bar, as shares of the whole; the very beginning needs no mark. */
export function marksOf(chapters: Chapter[], duration: number): number[] {
  if (!(duration > 0)) return []
  return chapters.map(({ timecode }) => timecode / duration).filter((share) => share > 0 && share < 1)
}
