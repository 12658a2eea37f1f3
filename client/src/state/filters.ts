/** What a list of videos is narrowed to. The names are those of PeerTube's addresses and of its API alike. */
export interface Filters {
  sort: string
  isLocal: boolean
  categoryOneOf: string
  licenceOneOf: string
  languageOneOf: string
  tagsOneOf: string[]
  nsfw: '' | 'true' | 'false' | 'both'
  /** Days back from now; 0 for any date. */
  days: number
  duration: '' | 'short' | 'medium' | 'long'
}

export const noFilters: Filters = {
  sort: '',
  isLocal: false,
  categoryOneOf: '',
  licenceOneOf: '',
  languageOneOf: '',
  tagsOneOf: [],
  nsfw: '',
  days: 0,
  duration: ''
}

const day = 86_400_000

/** Seconds of what PeerTube calls short, medium and long. */
const durations = { short: [0, 240], medium: [240, 600], long: [600, undefined] } as const

export function filtersOf(query: URLSearchParams, now = new Date()): Filters {
  const text = (name: string) => query.get(name) ?? ''
  const nsfw = text('nsfw')
  const startDate = Date.parse(text('startDate'))
  const [min, max] = [query.get('durationMin'), query.get('durationMax')]
  const length = Object.entries(durations).find(
    ([, [from, to]]) =>
      Number(min ?? 0) === from && (max ?? undefined) === (to === undefined ? to : String(to))
  )
  return {
    sort: text('sort'),
    isLocal: query.get('scope') === 'local' || query.get('isLocal') === 'true',
    categoryOneOf: text('categoryOneOf'),
    licenceOneOf: text('licenceOneOf'),
    languageOneOf: text('languageOneOf'),
    tagsOneOf: query.getAll('tagsOneOf'),
    nsfw: nsfw === 'true' || nsfw === 'false' || nsfw === 'both' ? nsfw : '',
    days: Number.isNaN(startDate) ? 0 : Math.max(1, Math.round((now.getTime() - startDate) / day)),
    duration: min === null && max === null ? '' : ((length?.[0] as Filters['duration']) ?? '')
  }
}

/** The parameters of the API for these filters; what does not narrow is not said. */
export function parametersOf(
  filters: Filters,
  now = new Date()
): Record<string, string | string[] | undefined> {
  const [min, max] = filters.duration ? durations[filters.duration] : []
  // To the minute: two questions about one list are one address for a cache.
  const start = new Date(Math.floor((now.getTime() - filters.days * day) / 60_000) * 60_000)
  return {
    sort: filters.sort || undefined,
    isLocal: filters.isLocal ? 'true' : undefined,
    categoryOneOf: filters.categoryOneOf || undefined,
    licenceOneOf: filters.licenceOneOf || undefined,
    languageOneOf: filters.languageOneOf || undefined,
    tagsOneOf: filters.tagsOneOf,
    nsfw: filters.nsfw || undefined,
    startDate: filters.days > 0 ? start.toISOString() : undefined,
    durationMin: min === undefined || min === 0 ? undefined : String(min),
    durationMax: max === undefined ? undefined : String(max)
  }
}

/** The query of an address for these filters, with what else it says in front. */
export function queryOf(filters: Filters, more: Record<string, string> = {}, now = new Date()): string {
  const query = new URLSearchParams(more)
  for (const [name, value] of Object.entries(parametersOf(filters, now))) {
    if (name === 'isLocal') {
      if (value) query.set('scope', 'local')
    } else if (Array.isArray(value)) for (const one of value) query.append(name, one)
    else if (value !== undefined) query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

/** How many filters narrow the list; the sort does not. */
export function countOf(filters: Filters): number {
  return Object.entries(filters).filter(
    ([name, value]) => name !== 'sort' && (Array.isArray(value) ? value.length > 0 : Boolean(value))
  ).length
}
