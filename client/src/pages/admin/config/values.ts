import type { ConfigValue, CustomConfig } from '../../../api/custom-config'

/** The value at a path such as `transcoding.hls.enabled`; undefined when the server does not have it. */
export function valueAt(config: CustomConfig, path: string): ConfigValue | undefined {
  let value: ConfigValue | undefined = config
  for (const key of path.split('.')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    value = value[key]
  }
  return value
}

/** The configuration with another value at a path; everything else is the same. */
export function withValue(config: CustomConfig, path: string, value: ConfigValue): CustomConfig {
  const [key = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...config, [key]: value }
  const inner = config[key]
  const object = typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? inner : {}
  return { ...config, [key]: withValue(object, rest.join('.'), value) }
}

/** Paths whose values differ. */
export function changedPaths(before: CustomConfig, after: CustomConfig, prefix = ''): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key) => {
    const [a, b] = [before[key], after[key]]
    if (JSON.stringify(a) === JSON.stringify(b)) return []
    return isObject(a) && isObject(b) ? changedPaths(a, b, `${prefix}${key}.`) : [`${prefix}${key}`]
  })
}

function isObject(value: ConfigValue | undefined): value is CustomConfig {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
