/** A pattern of a route: `/c/:name/videos`; `:name` takes one segment, `@:name` what stands behind the sign. */
export type Params = Record<string, string>

export interface Matcher {
  (path: string): Params | null
}

export function matcher(pattern: string): Matcher {
  const names: string[] = []
  const source = pattern
    .split('/')
    .map((segment) => {
      const [, before = '', name] = /^(@?):(\w+)$/.exec(segment) ?? []
      if (!name) return segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      names.push(name)
      return `${before}([^/]+)`
    })
    .join('/')
  const expression = new RegExp(`^${source}/?$`)

  return (path) => {
    const values = expression.exec(path)
    if (!values) return null
    try {
      return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(values[i + 1] ?? '')]))
    } catch {
      // Not a valid percent-encoding: an address nobody can mean.
      return null
    }
  }
}
