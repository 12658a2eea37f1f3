/**
 * Stands in for the package `entities` below markdown-it (see vite.config.ts): every browser has the table of
 * named characters already, 15 kB gzipped that need not travel.
 */
const decoder = document.createElement('textarea')

/** The character of an entity such as `&copy;` or `&#169;`; the text itself when there is no such entity. */
export function decodeHTMLStrict(entity: string): string {
  // A textarea holds text only: nothing in it is ever an element.
  decoder.innerHTML = entity
  return decoder.value
}
