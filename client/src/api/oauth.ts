import { Problem, problemOf } from './problem'
import { forgetTokens, storedTokens, storeTokens, type Tokens } from './tokens'

interface OAuthClient {
  client_id: string
  client_secret: string
}

interface TokenAnswer {
  access_token: string
  refresh_token: string
  token_type: string
}

export async function logIn(username: string, password: string): Promise<void> {
  storeTokens(await grant({ grant_type: 'password', username, password }))
}

/** Ends the session here in any case; that the server could not be told is no reason to stay logged in. */
export async function logOut(): Promise<void> {
  const tokens = storedTokens()
  forgetTokens()
  if (!tokens) return
  await fetch('/api/v1/users/revoke-token', {
    method: 'POST',
    headers: { Authorization: `${tokens.tokenType} ${tokens.accessToken}` }
  }).catch(() => undefined)
}

let refreshing: Promise<Tokens | null> | null = null

/**
 * Replaces the tokens after the server refused one; null means the session is over.
 *
 * A refresh token works once. Therefore one refresh at a time, in this tab by the promise and over all tabs by
 * the lock, and none at all when the stored token is already another than the refused one.
 */
export function refresh(refused: string): Promise<Tokens | null> {
  refreshing ??= underLock(() => refreshOnce(refused)).finally(() => {
    refreshing = null
  })
  return refreshing
}

function underLock<T>(work: () => Promise<T>): Promise<T> {
  // Locks exist in secure contexts only; without them a second tab may have to log in again.
  return 'locks' in navigator ? (navigator.locks.request('vidilog_refresh', work) as Promise<T>) : work()
}

async function refreshOnce(refused: string): Promise<Tokens | null> {
  const tokens = storedTokens()
  if (!tokens || tokens.accessToken !== refused) return tokens
  try {
    const fresh = await grant({ grant_type: 'refresh_token', refresh_token: tokens.refreshToken })
    storeTokens(fresh)
    return fresh
  } catch (error) {
    if (error instanceof Problem && (error.status === 400 || error.status === 401)) {
      forgetTokens()
      return null
    }
    throw error
  }
}

async function grant(fields: Record<string, string>): Promise<Tokens> {
  const client = (await send('/api/v1/oauth-clients/local')) as OAuthClient
  const body = new URLSearchParams({
    client_id: client.client_id,
    client_secret: client.client_secret,
    response_type: 'code',
    scope: 'upload',
    ...fields
  })
  const answer = (await send('/api/v1/users/token', { method: 'POST', body })) as TokenAnswer
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token,
    tokenType: answer.token_type
  }
}

async function send(path: string, init?: RequestInit): Promise<unknown> {
  const response = await fetch(path, init).catch(() => {
    throw problemOf(0, '')
  })
  if (!response.ok) throw problemOf(response.status, await response.text())
  return response.json()
}
