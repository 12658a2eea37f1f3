/** Whether a text holds anything markdown would change; if not, 50 kB of renderer need not be loaded. */
export function hasMarkup(text: string): boolean {
  return /[*_`~#>[\]<|\\]|https?:|www\.|^\s*([-+]|\d+[.)])\s|^\s*-{3,}\s*$/m.test(text)
}
