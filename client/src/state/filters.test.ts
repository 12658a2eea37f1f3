import { describe, expect, it } from 'vitest'
import { countOf, filtersOf, noFilters, parametersOf, queryOf } from './filters'

const now = new Date('2026-06-15T12:00:00Z')

describe('The filters of a list', () => {
  const some = {
    ...noFilters,
    sort: '-likes',
    isLocal: true,
    categoryOneOf: '6',
    tagsOneOf: ['sea', 'boats'],
    nsfw: 'both' as const,
    days: 7,
    duration: 'medium' as const
  }

  it('come back from the address they made', () => {
    const query = queryOf(some, { search: 'harbour' }, now)
    expect(query.startsWith('?search=harbour&sort=-likes&scope=local')).toBe(true)
    expect(filtersOf(new URLSearchParams(query), now)).toEqual(some)
    expect(filtersOf(new URLSearchParams(queryOf({ ...noFilters, duration: 'short' })))).toMatchObject({
      duration: 'short'
    })
    expect(filtersOf(new URLSearchParams(queryOf({ ...noFilters, duration: 'long' })))).toMatchObject({
      duration: 'long'
    })
  })

  it('are asked for by the names of the API', () => {
    expect(parametersOf(some, now)).toMatchObject({
      sort: '-likes',
      isLocal: 'true',
      categoryOneOf: '6',
      tagsOneOf: ['sea', 'boats'],
      startDate: '2026-06-08T12:00:00.000Z',
      durationMin: '240',
      durationMax: '600'
    })
  })

  it('say nothing where nothing is narrowed', () => {
    expect(queryOf(noFilters)).toBe('')
    expect(Object.values(parametersOf(noFilters)).flat().filter(Boolean)).toEqual([])
  })

  it('are counted without the order', () => {
    expect([countOf(noFilters), countOf({ ...noFilters, sort: 'name' }), countOf(some)]).toEqual([0, 0, 6])
  })

  it('bear an address that nobody has made', () => {
    const odd = filtersOf(new URLSearchParams('nsfw=maybe&startDate=soon&durationMin=7'))
    expect(odd).toEqual(noFilters)
  })
})
