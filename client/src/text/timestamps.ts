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

/** Makes links of the times in an element; outside links and code, where a time is part of something else. */
export function linkTimestamps(root: Node, addressOf: (seconds: number) => string): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (!text.parentElement?.closest('a, code')) texts.push(text)
  }
  for (const text of texts) {
    const pieces = timestamps(text.data)
    if (!pieces.some(({ seconds }) => seconds !== undefined)) continue
    text.replaceWith(...pieces.map((piece) => nodeOf(piece, addressOf)))
  }
}

function nodeOf({ text, seconds }: Piece, addressOf: (seconds: number) => string): Node {
  if (seconds === undefined) return document.createTextNode(text)
  const link = document.createElement('a')
  link.href = addressOf(seconds)
  link.dataset.seconds = String(seconds)
  link.textContent = text
  return link
}
