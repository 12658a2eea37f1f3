import { replaceTexts } from './replace-texts'

/** A time of day or of a video in a text: 1:23, 01:02:03; not within longer numbers, addresses or ratios such as 4:3. */
const pattern = /(?<![\w:./-])(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?![\w:/-])/g

export interface Piece {
  text: string
  /** Set for a time: its seconds. */
  seconds?: number
}

/** A text in pieces, those that name a time of the video apart from the rest. */
export function timestamps(text: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index) })
    const [found, hours, minutes, seconds] = match
    pieces.push({
      text: found,
      seconds: Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)
    })
    end = match.index + found.length
  }
  if (end < text.length) pieces.push({ text: text.slice(end) })
  return pieces
}

/** Makes links of the times in an element. */
export function linkTimestamps(root: Node, addressOf: (seconds: number) => string): void {
  replaceTexts(root, (text) => timestamps(text).map((piece) => nodeOf(piece, addressOf)))
}

function nodeOf({ text, seconds }: Piece, addressOf: (seconds: number) => string): string | Node {
  if (seconds === undefined) return text
  const link = document.createElement('a')
  link.href = addressOf(seconds)
  link.dataset.seconds = String(seconds)
  link.textContent = text
  return link
}
