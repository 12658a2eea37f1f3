import { describe, expect, it } from 'vitest'
import type { Page } from '../api/types'
import { Listing } from './listing.svelte'

interface Item {
  uuid: string
}

function items(...names: string[]): Item[] {
  return names.map((uuid) => ({ uuid }))
}

function listingOver(all: () => Item[], count = 2): Listing<Item> {
  return new Listing<Item>(
    async (start, n): Promise<Page<Item>> => ({ total: all().length, data: all().slice(start, start + n) }),
    count
  )
}

const names = (listing: Listing<Item>) => listing.items.map((item) => item.uuid).join('')

describe('A listing', () => {
  it('grows page by page to its end', async () => {
    const listing = listingOver(() => items('a', 'b', 'c'))
    await listing.more()
    expect([names(listing), listing.hasMore]).toEqual(['ab', true])
    await listing.more()
    expect([names(listing), listing.hasMore]).toEqual(['abc', false])
    await listing.more()
    expect(names(listing)).toBe('abc')
  })

  it('does not repeat what new entries have pushed onto the next page', async () => {
    let all = items('a', 'b', 'c', 'd')
    const listing = listingOver(() => all)
    await listing.more()
    all = items('new', 'a', 'b', 'c', 'd')
    await listing.more()
    expect(names(listing)).toBe('abc')
  })

  it('misses nothing after an entry has been removed', async () => {
    let all = items('a', 'b', 'c', 'd')
    const listing = listingOver(() => all)
    await listing.more()
    all = items('b', 'c', 'd')
    listing.remove('a')
    await listing.more()
    expect([names(listing), listing.total]).toEqual(['bcd', 3])
  })

  it('says why a page did not come, and tries it again', async () => {
    let isDown = true
    const listing = new Listing<Item>(async () => {
      if (isDown) throw new Error('down')
      return { total: 1, data: items('a') }
    })
    await listing.more()
    expect([listing.error, listing.isLoaded]).toEqual(['down', false])
    isDown = false
    await listing.more()
    expect([listing.error, names(listing)]).toEqual([null, 'a'])
  })

  it('shows first what was made just now, and what an address names, and neither twice', async () => {
    let all = items('a', 'b', 'c', 'd')
    const listing = listingOver(() => all)
    await listing.more()
    all = items('n', 'a', 'b', 'c', 'd')
    listing.add({ uuid: 'n' })
    listing.pin({ uuid: 'd' })
    expect([names(listing), listing.total]).toEqual(['dnab', 5])
    await listing.more()
    expect([names(listing), listing.hasMore]).toEqual(['dnabc', false])
  })
})
