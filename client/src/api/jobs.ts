import { request } from './request'
import type { Page } from './types'

export interface Job {
  id: string | number
  state: string
  type: string
  data: unknown
  /** Percent. */
  progress?: number
  priority?: number
  parent?: { id: string }
  error?: unknown
  createdAt: string
  processedOn?: string | null
  finishedOn?: string | null
}

export interface JobsQuery {
  start: number
  count: number
  sort: string
  jobType?: string
}

export function jobs(state: string, query: JobsQuery, signal?: AbortSignal): Promise<Page<Job>> {
  return request(state ? `/jobs/${state}` : '/jobs', { query: { ...query }, signal })
}

export function pauseJobs(): Promise<void> {
  return request('/jobs/pause', { method: 'POST' })
}

export function resumeJobs(): Promise<void> {
  return request('/jobs/resume', { method: 'POST' })
}

/** Gives a failed media job new attempts; an endpoint of this server's own. */
export function retryJob(id: string | number): Promise<void> {
  return request(`/jobs/${id}/retry`, { method: 'POST' })
}
