import { request } from './request'
import type { Account, ActorSummary, Labelled, Page } from './types'

/** PeerTube's states of a report. */
export const AbuseState = { Pending: 1, Rejected: 2, Accepted: 3 } as const

export type Reason =
  | 'violentOrRepulsive'
  | 'hatefulOrAbusive'
  | 'spamOrMisleading'
  | 'privacy'
  | 'rights'
  | 'serverRules'
  | 'thumbnails'
  | 'captions'

/** What is reported; times of a video in seconds. */
export type Reported =
  | { video: { id: number; startAt?: number; endAt?: number } }
  | { comment: { id: number } }
  | { account: { id: number } }

export interface Abuse {
  id: number
  reason: string
  predefinedReasons?: Reason[]
  state: Labelled
  /** Who wrote what is reported; null when the account is gone. */
  flaggedAccount: Account | null
  video?: {
    id: number
    uuid: string
    name: string
    deleted: boolean
    blacklisted: boolean
    startAt?: number | null
    endAt?: number | null
    thumbnailPath?: string | null
    countReports?: number
    nthReport?: number
  } | null
  comment?: {
    id: number
    threadId: number
    text: string
    deleted: boolean
    video: { id: number; uuid: string; name: string }
  } | null
  createdAt: string
  countMessages: number
}

/** What moderators know besides. */
export interface AdminAbuse extends Abuse {
  /** Null when the account is gone. */
  reporterAccount: Account | null
  moderationComment?: string | null
  countReportsForReporter?: number
  countReportsForReportee?: number
}

export interface AbusesQuery {
  start: number
  count: number
  sort: string
  search?: string
  state?: number
  filter?: 'video' | 'comment' | 'account'
}

export function report(reason: string, predefinedReasons: Reason[], what: Reported): Promise<void> {
  return request('/abuses', { method: 'POST', json: { reason, predefinedReasons, ...what } })
}

export function abuses(query: AbusesQuery, signal?: AbortSignal): Promise<Page<AdminAbuse>> {
  return request('/abuses', { query: { ...query }, signal })
}

export function myAbuses(query: AbusesQuery, signal?: AbortSignal): Promise<Page<Abuse>> {
  return request('/users/me/abuses', { query: { ...query }, signal })
}

export function changeAbuse(
  id: number,
  change: { state?: number; moderationComment?: string }
): Promise<void> {
  return request(`/abuses/${id}`, { method: 'PUT', json: change })
}

export function deleteAbuse(id: number): Promise<void> {
  return request(`/abuses/${id}`, { method: 'DELETE' })
}

/** Between who reported and the moderators. */
export interface AbuseMessage {
  id: number
  message: string
  byModerator: boolean
  createdAt: string
  account: ActorSummary | null
}

export async function abuseMessages(id: number, signal?: AbortSignal): Promise<AbuseMessage[]> {
  return (await request<Page<AbuseMessage>>(`/abuses/${id}/messages`, { signal })).data
}

export function writeAbuseMessage(id: number, message: string): Promise<void> {
  return request(`/abuses/${id}/messages`, { method: 'POST', json: { message } })
}

export function deleteAbuseMessage(id: number, messageId: number): Promise<void> {
  return request(`/abuses/${id}/messages/${messageId}`, { method: 'DELETE' })
}
