import { isAborted, sentence } from '../api/problem'
import type { Page } from '../api/types'

/** What tells the items of a list apart. */
type Key = string | number

function keyOf(item: { uuid: string } | { id: number }): Key {
  return 'uuid' in item ? item.uuid : item.id
}

type Fetch<T> = (start: number, count: number, signal: AbortSignal) => Promise<Page<T>>

/** A list that is loaded page by page. */
export class Listing<T extends { uuid: string } | { id: number }> {
  items = $state.raw<T[]>([])
  total = $state(0)
  isLoading = $state(false)
  error = $state<string | null>(null)
  /** Whether the first page has arrived. */
  isLoaded = $state(false)

  #fetch: Fetch<T>
  #count: number
  #start = 0
  #isEnded = false
  #abort = new AbortController()

  constructor(fetch: Fetch<T>, count = 24) {
    this.#fetch = fetch
    this.#count = count
  }

  get hasMore(): boolean {
    return this.isLoaded && !this.#isEnded && this.#start < this.total
  }

  /** Adds the next page. Entries that moved in from an earlier page, because new ones came, are not repeated. */
  async more(): Promise<void> {
    if (this.isLoading || this.#isEnded) return
    this.isLoading = true
    this.error = null
    try {
      const page = await this.#fetch(this.#start, this.#count, this.#abort.signal)
      const known = this.items.map(keyOf)
      this.items = [...this.items, ...page.data.filter((item) => !known.includes(keyOf(item)))]
      this.total = page.total
      this.#start += page.data.length
      this.#isEnded = page.data.length === 0 || this.#start >= page.total
      this.isLoaded = true
    } catch (error) {
      if (!isAborted(error)) this.error = sentence(error)
    } finally {
      this.isLoading = false
    }
  }

  replace(key: Key, change: (item: T) => T): void {
    this.items = this.items.map((item) => (keyOf(item) === key ? change(item) : item))
  }

  remove(key: Key): void {
    const before = this.items.length
    this.items = this.items.filter((item) => keyOf(item) !== key)
    const removed = before - this.items.length
    this.total -= removed
    this.#start -= removed
  }

  /** Adds one that was made just now, as the first. */
  add(item: T): void {
    this.pin(item)
    this.total++
    this.#start++
  }

  /** Shows one first that is somewhere in the list already. */
  pin(item: T): void {
    this.items = [item, ...this.items.filter((other) => keyOf(other) !== keyOf(item))]
  }

  /** Ends a request that is under way; for a page that is left. */
  stop(): void {
    this.#abort.abort()
  }
}
