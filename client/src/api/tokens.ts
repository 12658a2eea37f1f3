/** The tokens of the session, under the localStorage keys of PeerTube's client: a log-in outlives a change of client. */
export interface Tokens {
  accessToken: string
  refreshToken: string
  tokenType: string
}

const keys = { accessToken: 'access_token', refreshToken: 'refresh_token', tokenType: 'token_type' } as const

/** Null also where the browser gives no storage, as it may in a frame of another site. */
export function storedTokens(): Tokens | null {
  try {
    const accessToken = localStorage.getItem(keys.accessToken)
    const refreshToken = localStorage.getItem(keys.refreshToken)
    if (!accessToken || !refreshToken) return null
    return { accessToken, refreshToken, tokenType: localStorage.getItem(keys.tokenType) ?? 'Bearer' }
  } catch {
    return null
  }
}

export function storeTokens(tokens: Tokens): void {
  localStorage.setItem(keys.accessToken, tokens.accessToken)
  localStorage.setItem(keys.refreshToken, tokens.refreshToken)
  localStorage.setItem(keys.tokenType, tokens.tokenType)
}

export function forgetTokens(): void {
  for (const key of Object.values(keys)) localStorage.removeItem(key)
}

/** Calls back when another tab has logged in or out; answers how to stop. */
export function onTokensChangedElsewhere(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === keys.accessToken || event.key === null) listener()
  }
  window.addEventListener('storage', onStorage)
  return () => window.removeEventListener('storage', onStorage)
}

export function authorization(tokens = storedTokens()): string | null {
  return tokens && `${tokens.tokenType} ${tokens.accessToken}`
}
