import type { Labels } from '../api/types'
import { labels } from '../api/videos'

export interface Vocabulary {
  privacies: Labels
  categories: Labels
  licences: Labels
  languages: Labels
}

let loading: Promise<Vocabulary> | null = null

/** The lists a form chooses from, asked for once; a failed attempt is repeated by the next caller. */
export function vocabulary(): Promise<Vocabulary> {
  loading ??= Promise.all([
    labels('privacies'),
    labels('categories'),
    labels('licences'),
    labels('languages')
  ]).then(
    ([privacies, categories, licences, languages]) => ({ privacies, categories, licences, languages }),
    (error: unknown) => {
      loading = null
      throw error
    }
  )
  return loading
}
