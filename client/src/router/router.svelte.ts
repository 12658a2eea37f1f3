import type { Params } from './match'
import { movedTo } from './redirects'
import { find, type PageComponent } from './routes'

interface Shown {
  page: PageComponent
  params: Params
  /** Path and query; a page is built anew when it changes. */
  address: string
}

interface HistoryEntry {
  scrollY?: number
}

class Router {
  /** The page on screen; null until the first one has been loaded. */
  shown = $state.raw<Shown | null>(null)
  isLoading = $state(false)
  /** Set when the code of a page could not be loaded, most often because the connection is down. */
  failure = $state<string | null>(null)
  query = $state.raw(new URLSearchParams())

  #turn = 0

  start(): void {
    history.scrollRestoration = 'manual'
    window.addEventListener('popstate', () => void this.#show(true))
    document.addEventListener('click', (event) => this.#onClick(event))
    void this.#show(false)
  }

  go(address: string, options: { replace?: boolean } = {}): void {
    this.#rememberScroll()
    if (options.replace) history.replaceState({}, '', address)
    else history.pushState({}, '', address)
    void this.#show(false)
  }

  /** Gives the page that is shown another address, without building it anew. */
  rewrite(address: string): void {
    history.replaceState(history.state, '', address)
    this.query = new URLSearchParams(location.search)
  }

  #rememberScroll(): void {
    history.replaceState({ ...(history.state as HistoryEntry | null), scrollY: window.scrollY }, '')
  }

  #onClick(event: MouseEvent): void {
    if (event.defaultPrevented || event.button !== 0) return
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = (event.target as Element | null)?.closest?.('a')
    if (!link || !link.href || link.target || link.hasAttribute('download')) return
    const url = new URL(link.href)
    if (url.origin !== location.origin) return
    // A jump within the page is the browser's business.
    if (url.hash && url.pathname === location.pathname && url.search === location.search) return
    event.preventDefault()
    this.go(url.pathname + url.search + url.hash)
  }

  async #show(isBack: boolean): Promise<void> {
    const turn = ++this.#turn
    const elsewhere = movedTo(location.pathname, location.search)
    if (elsewhere !== null) history.replaceState(history.state, '', elsewhere + location.hash)
    const address = location.pathname + location.search
    const found = find(location.pathname)
    this.isLoading = true
    try {
      const { default: page } = await found.load()
      if (turn !== this.#turn) return
      this.failure = null
      this.query = new URLSearchParams(location.search)
      this.shown = { page, params: found.params, address }
      this.#restoreScroll(isBack)
    } catch {
      if (turn === this.#turn)
        this.failure = 'This page could not be loaded. Check your connection and try again.'
    } finally {
      if (turn === this.#turn) this.isLoading = false
    }
  }

  /** Going back returns to where the page was left, as soon as its content is tall enough again. */
  #restoreScroll(isBack: boolean): void {
    const target = isBack ? ((history.state as HistoryEntry | null)?.scrollY ?? 0) : 0
    const turn = this.#turn
    const deadline = performance.now() + 1500
    const attempt = () => {
      if (turn !== this.#turn) return
      window.scrollTo(0, target)
      if (Math.abs(window.scrollY - target) > 1 && performance.now() < deadline)
        requestAnimationFrame(attempt)
    }
    requestAnimationFrame(attempt)
  }
}

export const router = new Router()
