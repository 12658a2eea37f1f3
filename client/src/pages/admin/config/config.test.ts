import { describe, expect, it } from 'vitest'
import type { CustomConfig } from '../../../api/custom-config'
import { sections } from './sections'
import { changedPaths, valueAt, withValue } from './values'

const config: CustomConfig = {
  instance: { name: 'Sea', languages: ['en'] },
  transcoding: { hls: { enabled: true } }
}

describe('A configuration', () => {
  it('has values at paths, and none where the server has none', () => {
    expect(valueAt(config, 'transcoding.hls.enabled')).toBe(true)
    expect(valueAt(config, 'instance.name.first')).toBeUndefined()
    expect(valueAt(config, 'live.enabled')).toBeUndefined()
  })

  it('changes at one path and keeps the rest', () => {
    const changed = withValue(config, 'instance.name', 'Lake')
    expect(changed).toEqual({ ...config, instance: { name: 'Lake', languages: ['en'] } })
    expect(valueAt(config, 'instance.name')).toBe('Sea')
    expect(withValue({}, 'a.b', 1)).toEqual({ a: { b: 1 } })
  })

  it('knows what has changed', () => {
    const changed = withValue(withValue(config, 'instance.languages', []), 'transcoding.hls.enabled', false)
    expect(changedPaths(config, changed)).toEqual(['instance.languages', 'transcoding.hls.enabled'])
    expect(changedPaths(config, { ...config })).toEqual([])
  })
})

it('No setting stands in two places, and each that depends on a switch depends on one that is there', () => {
  const settings = sections.flatMap(({ cards }) => cards).flatMap(({ settings }) => settings)
  const paths = settings.map(({ path }) => path)
  expect(new Set(paths).size).toBe(paths.length)
  for (const { needs } of settings) if (needs) expect(paths).toContain(needs)
})
