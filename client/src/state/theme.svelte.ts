export type ColorScheme = 'light' | 'dark' | 'auto'

/** The same key as in index.html, which applies the choice before the first paint. */
const key = 'vidilog_color_scheme'

class Theme {
  scheme = $state<ColorScheme>('auto')

  /** Takes over the stored choice. */
  load(): void {
    const stored = localStorage.getItem(key)
    this.#apply(stored === 'light' || stored === 'dark' ? stored : 'auto')
  }

  choose(scheme: ColorScheme): void {
    if (scheme === 'auto') localStorage.removeItem(key)
    else localStorage.setItem(key, scheme)
    this.#apply(scheme)
  }

  #apply(scheme: ColorScheme): void {
    this.scheme = scheme
    const root = document.documentElement
    if (scheme === 'auto') delete root.dataset.scheme
    else root.dataset.scheme = scheme
    const background = getComputedStyle(root).getPropertyValue('--bg').trim()
    if (background) document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background)
  }
}

export const theme = new Theme()
