import { request } from './request'

/** The page an administrator has written as the first one; a Problem with status 404 when there is none. */
export function homepage(signal?: AbortSignal): Promise<{ content: string }> {
  return request('/custom-pages/homepage/instance', { signal })
}

export function saveHomepage(content: string): Promise<void> {
  return request('/custom-pages/homepage/instance', { method: 'PUT', json: { content } })
}
