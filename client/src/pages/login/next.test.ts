import { describe, expect, it } from 'vitest'
import { nextAddress } from './next'

describe('The way on after the log-in', () => {
  const origin = 'https://here.example'

  it('is the page one came from', () => {
    expect(nextAddress('/w/abc?start=3#x', origin)).toBe('/w/abc?start=3#x')
  })

  it.each([
    null,
    '',
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    'javascript:alert(1)',
    '/login?next=/a'
  ])('is the home page for %j', (next) => expect(nextAddress(next, origin)).toBe('/'))
})
