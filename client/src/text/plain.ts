/** Whether a text holds anything markdown would change; if not, 50 kB of renderer need not be loaded. */
export function hasMarkup(text: string): boolean {
  return /[*_`~#>[\]<|\\]|https?:|www\.|^\s*([-+]|\d+[.)])\s|^\s*-{3,}\s*$/m.test(text)
}

/** A text without the signs of markdown, for places where it is one line among others. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s*(#+|>|[-+*])\s+|[*_`~]+/gm, '')
    .replace(/\s+/g, ' ')
    .trim()
}
