import { refresh } from './oauth'
import { isAborted, problemOf } from './problem'
import { authorization, storedTokens } from './tokens'

export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** A list becomes a repeated parameter, an empty one none. */
  query?: Record<string, string | number | boolean | readonly (string | number)[] | undefined>
  headers?: Record<string, string>
  json?: unknown
  /** A body with files, instead of `json`. */
  form?: FormData
  signal?: AbortSignal
  /** Lets the request outlive the page, for the last word of a page that is being left. */
  keepalive?: boolean
}

type SessionEnd = () => void
let onSessionEnd: SessionEnd = () => undefined

/** Registers who is told when the server no longer accepts the session. */
export function whenSessionEnds(listener: SessionEnd): void {
  onSessionEnd = listener
}

/**
 * Asks the REST interface below /api/v1 and answers the JSON body, undefined for an empty one.
 * Throws a Problem. A refused token is refreshed once; when that fails, the request is repeated without one.
 */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const tokens = storedTokens()
  let response = await send(path, options)
  if (response.status === 401 && tokens) {
    const fresh = await refresh(tokens.accessToken)
    if (!fresh) onSessionEnd()
    response = await send(path, options)
  }
  const body = await response.text()
  if (!response.ok) throw problemOf(response.status, body)
  return (body === '' ? undefined : JSON.parse(body)) as T
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json', ...options.headers })
  const bearer = authorization()
  if (bearer) headers.set('Authorization', bearer)
  if (options.json !== undefined) headers.set('Content-Type', 'application/json')

  try {
    return await fetch(`/api/v1${path}${queryString(options.query)}`, {
      method: options.method ?? 'GET',
      headers,
      body: options.form ?? (options.json === undefined ? undefined : JSON.stringify(options.json)),
      signal: options.signal,
      keepalive: options.keepalive
    })
  } catch (error) {
    throw isAborted(error) ? error : problemOf(0, '')
  }
}

function queryString(query: RequestOptions['query'] = {}): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const one of value) params.append(name, String(one))
    else if (value !== undefined) params.set(name, String(value))
  }
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
