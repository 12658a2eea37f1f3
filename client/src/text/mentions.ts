import { replaceTexts } from './replace-texts'

/** An account in a text: @name or @name@host; not within an e-mail address, nor the dot that ends a sentence. */
const pattern =
  /(?<![\w@/.])@([a-z0-9_]+(?:\.[a-z0-9_]+)*(?:@[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d+)?)?)(?![\w@])/gi

/** A text in pieces, its mentions as `{ handle }`. */
export function mentions(text: string): (string | { handle: string })[] {
  const pieces: (string | { handle: string })[] = []
  let end = 0
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) pieces.push(text.slice(end, match.index))
    pieces.push({ handle: match[1] ?? '' })
    end = match.index + match[0].length
  }
  if (end < text.length) pieces.push(text.slice(end))
  return pieces
}

/** Makes links of the accounts that are mentioned in an element. */
export function linkMentions(root: Node): void {
  replaceTexts(root, (text) =>
    mentions(text).map((piece) => {
      if (typeof piece === 'string') return piece
      const link = document.createElement('a')
      link.href = `/@${piece.handle}`
      link.textContent = `@${piece.handle}`
      return link
    })
  )
}
