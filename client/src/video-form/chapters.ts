import type { Chapter } from '../api/types'
import { clock } from '../text/duration'

/** A row of the editor. */
export interface ChapterRow {
  key: number
  at: string
  title: string
}

/** PeerTube's limit of a chapter's title, in characters. */
export const titleLimit = 100

let next = 1

export function row(at = '', title = ''): ChapterRow {
  return { key: next++, at, title }
}

export function rowsOf(chapters: Chapter[]): ChapterRow[] {
  return chapters.map(({ timecode, title }) => row(clock(timecode), title))
}

/** Seconds of "1:02:03", "12:34" or "75"; null when it is none of them. */
export function secondsOf(text: string): number | null {
  const parts = text.trim().split(':')
  if (parts.length > 3 || parts.some((part) => !/^\d{1,6}$/.test(part))) return null
  const numbers = parts.map(Number)
  if (numbers.slice(1).some((n) => n > 59)) return null
  return numbers.reduce((sum, n) => sum * 60 + n, 0)
}

const isEmpty = ({ at, title }: ChapterRow) => at.trim() === '' && title.trim() === ''

/** The chapters of the rows, in order; rows with nothing in them do not count. */
export function chaptersOf(rows: ChapterRow[]): Chapter[] {
  return rows
    .filter((row) => !isEmpty(row))
    .map(({ at, title }) => ({ timecode: secondsOf(at) ?? 0, title: title.trim() }))
    .sort((a, b) => a.timecode - b.timecode)
}

/** Message by key of a row. `duration` in seconds; 0 when it is not known. */
export function chapterFaults(rows: ChapterRow[], duration: number): Record<number, string> {
  const faults: Record<number, string> = {}
  const taken = new Set<number>()
  for (const row of rows) {
    if (isEmpty(row)) continue
    const fault = faultOf(row, duration, taken)
    if (fault) faults[row.key] = fault
  }
  return faults
}

function faultOf({ at, title }: ChapterRow, duration: number, taken: Set<number>): string | null {
  const seconds = secondsOf(at)
  if (seconds === null) return 'Write the time as 1:23 or 1:02:03.'
  if (duration > 0 && seconds > duration) return `The video ends at ${clock(duration)}.`
  if (taken.has(seconds)) return `Another chapter begins at ${clock(seconds)}.`
  taken.add(seconds)
  const length = title.trim().length
  if (length === 0) return 'Give the chapter a title.'
  return length > titleLimit ? `A title has up to ${titleLimit} characters, this one has ${length}.` : null
}

/** Chapters written into a description, one per line as "1:23 Title", the first at 0:00; empty when there are none. */
export function chaptersInText(text: string): ChapterRow[] {
  const rows = text.split('\n').flatMap((line) => {
    const [, at = '', title = ''] =
      /^\s*[-*(]?\s*((?:\d{1,2}:)?\d{1,2}:\d{2})\)?\s*[-–:]?\s+(.+?)\s*$/.exec(line) ?? []
    return at && secondsOf(at) !== null ? [row(at, title.slice(0, titleLimit))] : []
  })
  return rows.length > 1 && secondsOf(rows[0]?.at ?? '') === 0 ? rows : []
}
