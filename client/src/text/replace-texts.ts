/** Puts links into the texts of an element, outside links and code, where a word is part of something else. */
export function replaceTexts(root: Node, split: (text: string) => (string | Node)[]): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) {
    const text = walker.currentNode as Text
    if (!text.parentElement?.closest('a, code')) texts.push(text)
  }
  for (const text of texts) {
    const pieces = split(text.data)
    if (pieces.some((piece) => typeof piece !== 'string')) text.replaceWith(...pieces)
  }
}
