/** An answer of the server that is not a success, or no answer at all (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    detail: string,
    /** PeerTube's error code, such as `quota_reached`. */
    readonly code: string | null = null,
    /** Message by the name of the refused field. */
    readonly fields: Record<string, string> = {}
  ) {
    super(detail)
    this.name = 'Problem'
  }
}

interface ProblemDocument {
  detail?: unknown
  title?: unknown
  error?: unknown
  code?: unknown
  'invalid-params'?: Record<string, { msg?: unknown } | undefined>
}

/** What to say when the body of the answer says nothing a person can read. */
const byStatus: Record<number, string> = {
  0: 'The server cannot be reached. Check your connection and try again.',
  401: 'You need to log in for this.',
  403: 'You are not allowed to do this.',
  404: 'There is nothing at this address.',
  413: 'The file is larger than the server accepts.',
  429: 'Too many requests. Wait a moment, then try again.'
}

export function problemOf(status: number, body: string): Problem {
  const fallback = byStatus[status] ?? `The server answered with an error (${status}).`
  const document = parse(body)
  if (!document) return new Problem(status, fallback)

  const detail = [document.detail, document.error, document.title].find((text) => typeof text === 'string')
  const code = typeof document.code === 'string' ? document.code : null
  const fields = Object.entries(document['invalid-params'] ?? {}).flatMap(([name, param]) =>
    typeof param?.msg === 'string' ? [[name, param.msg] as const] : []
  )
  return new Problem(status, (detail as string | undefined) ?? fallback, code, Object.fromEntries(fields))
}

function parse(body: string): ProblemDocument | null {
  try {
    const document: unknown = JSON.parse(body)
    return typeof document === 'object' && document !== null ? (document as ProblemDocument) : null
  } catch {
    return null
  }
}

/** The sentence to show for anything that was thrown. */
export function sentence(thrown: unknown): string {
  if (thrown instanceof Problem) {
    const fields = Object.values(thrown.fields).filter((text) => text !== 'Invalid value')
    return fields.length > 0 ? fields.join(' ') : thrown.message
  }
  return thrown instanceof Error ? thrown.message : String(thrown)
}

export function isAborted(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'AbortError'
}
