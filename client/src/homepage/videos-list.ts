import type { VideoFilters } from '../api/videos'
import { isOn, type Data } from './data'

/** The list an element asks for. */
export interface ListQuery {
  filters: VideoFilters
  count: number
  /** Rows of the grid that are shown; 0 for all. */
  maxRows: number
  channel: string | null
  account: string | null
}

/** PeerTube's number of videos where the element names none, and the most the API gives at once. */
const usual = 10
const most = 100

export function listQuery(data: Data): ListQuery {
  const numbers = (text: string | undefined) =>
    (text ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
  return {
    filters: {
      sort: data.sort || '-publishedAt',
      isLocal: isOn(data.onlyLocal) || isOn(data.isLocal) ? 'true' : undefined,
      isLive: data.isLive === undefined ? undefined : String(isOn(data.isLive)),
      categoryOneOf: numbers(data.categoryOneOf),
      languageOneOf: numbers(data.languageOneOf)
    },
    count: Math.min(Math.max(Number.parseInt(data.count ?? '', 10) || usual, 1), most),
    maxRows: Math.max(Number.parseInt(data.maxRows ?? '', 10) || 0, 0),
    channel: data.channelHandle || null,
    account: data.accountHandle || null
  }
}
