import { SvelteSet } from 'svelte/reactivity'
import { isAborted, sentence } from '../api/problem'
import type { Page } from '../api/types'

export interface TableQuery {
  start: number
  count: number
  sort: string
  /** Left out while nothing is searched for. */
  search?: string
}

type Fetch<T> = (query: TableQuery, signal: AbortSignal) => Promise<Page<T>>
type Key = number | string

/** One page of a list that the server sorts, searches and cuts; rows can be chosen. */
export class TableState<T> {
  rows = $state.raw<T[]>([])
  total = $state(0)
  page = $state(0)
  sort = $state('')
  search = $state('')
  isLoading = $state(false)
  /** Whether a first answer has come. */
  isLoaded = $state(false)
  error = $state<string | null>(null)
  /** Keys of the chosen rows of this page. */
  selected = new SvelteSet<Key>()

  #abort: AbortController | null = null

  constructor(
    private fetch: Fetch<T>,
    readonly keyOf: (row: T) => Key,
    sort: string,
    readonly pageSize = 20
  ) {
    this.sort = sort
  }

  get pages(): number {
    return Math.max(1, Math.ceil(this.total / this.pageSize))
  }

  get selectedRows(): T[] {
    return this.rows.filter((row) => this.selected.has(this.keyOf(row)))
  }

  get isAllSelected(): boolean {
    return this.rows.length > 0 && this.selectedRows.length === this.rows.length
  }

  /** Asks for the page; an earlier question that is still open does not count any more. */
  load(): Promise<void> {
    this.isLoading = true
    return this.#ask()
  }

  /** Looks whether anything has changed, without a sign of it unless something has. */
  async refresh(): Promise<void> {
    if (!this.isLoading) await this.#ask()
  }

  async #ask(): Promise<void> {
    this.#abort?.abort()
    const abort = (this.#abort = new AbortController())
    try {
      const search = this.search.trim()
      const query = { start: this.page * this.pageSize, count: this.pageSize, sort: this.sort }
      const answer = await this.fetch(search ? { ...query, search } : query, abort.signal)
      if (abort.signal.aborted) return
      this.#take(answer)
      // The last rows of the last page are gone: show the page before it.
      if (answer.data.length === 0 && this.page > 0 && answer.total > 0) return this.goTo(this.pages - 1)
    } catch (error) {
      if (abort.signal.aborted || isAborted(error)) return
      this.error = sentence(error)
    } finally {
      if (this.#abort === abort) this.isLoading = false
    }
  }

  #take(answer: Page<T>): void {
    this.error = null
    this.rows = answer.data
    this.total = answer.total
    this.isLoaded = true
    const keys = answer.data.map(this.keyOf)
    for (const key of this.selected) if (!keys.includes(key)) this.selected.delete(key)
  }

  goTo(page: number): Promise<void> {
    this.page = Math.max(0, page)
    this.selected.clear()
    return this.load()
  }

  /** Sorts by a field; by the other direction when it is the field already. */
  sortBy(field: string): Promise<void> {
    this.sort = this.sort === `-${field}` ? field : `-${field}`
    return this.goTo(0)
  }

  find(text: string): Promise<void> {
    this.search = text
    return this.goTo(0)
  }

  toggle(row: T): void {
    const key = this.keyOf(row)
    if (!this.selected.delete(key)) this.selected.add(key)
  }

  toggleAll(): void {
    const isAll = this.isAllSelected
    this.selected.clear()
    if (!isAll) for (const row of this.rows) this.selected.add(this.keyOf(row))
  }

  replace(key: Key, change: (row: T) => T): void {
    this.rows = this.rows.map((row) => (this.keyOf(row) === key ? change(row) : row))
  }

  stop(): void {
    this.#abort?.abort()
  }
}
