/** Where to go after the log-in: a path of this site, never another site. */
export function nextAddress(next: string | null, origin: string): string {
  if (!next?.startsWith('/')) return '/'
  const url = URL.parse?.(next, origin) ?? parse(next, origin)
  return url && url.origin === origin && url.pathname !== '/login'
    ? url.pathname + url.search + url.hash
    : '/'
}

/** URL.parse for browsers before 2024. */
function parse(next: string, origin: string): URL | null {
  try {
    return new URL(next, origin)
  } catch {
    return null
  }
}
