// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import type { Page } from '../api/types'
import { TableState, type TableQuery } from './table.svelte'

interface Row {
  id: number
}

function over(all: () => number[], asked: TableQuery[] = []): TableState<Row> {
  return new TableState<Row>(
    async (query): Promise<Page<Row>> => {
      asked.push(query)
      const data = all().slice(query.start, query.start + query.count)
      return { total: all().length, data: data.map((id) => ({ id })) }
    },
    ({ id }) => id,
    '-createdAt',
    2
  )
}

const ids = (table: TableState<Row>) => table.rows.map(({ id }) => id)

describe('A table', () => {
  it('shows one page after the other', async () => {
    const table = over(() => [1, 2, 3])
    await table.load()
    expect([ids(table), table.pages]).toEqual([[1, 2], 2])
    await table.goTo(1)
    expect(ids(table)).toEqual([3])
  })

  it('goes back to the first page when it is sorted or searched, and turns the direction around', async () => {
    const asked: TableQuery[] = []
    const table = over(() => [1, 2, 3], asked)
    await table.goTo(1)
    await table.sortBy('views')
    await table.sortBy('views')
    await table.find(' sea ')
    expect(asked.map(({ start, sort, search }) => [start, sort, search])).toEqual([
      [2, '-createdAt', undefined],
      [0, '-views', undefined],
      [0, 'views', undefined],
      [0, 'views', 'sea']
    ])
  })

  it('shows the page before when its last row is gone', async () => {
    let all = [1, 2, 3]
    const table = over(() => all)
    await table.goTo(1)
    all = [1, 2]
    await table.load()
    expect([ids(table), table.page]).toEqual([[1, 2], 0])
  })

  it('keeps what is chosen while the rows are there', async () => {
    let all = [1, 2]
    const table = over(() => all)
    await table.load()
    table.toggleAll()
    expect([table.isAllSelected, table.selected.size]).toEqual([true, 2])
    all = [2]
    await table.load()
    expect(table.selectedRows).toEqual([{ id: 2 }])
    table.toggle({ id: 2 })
    expect(table.selectedRows).toEqual([])
  })

  it('shows the answer to the last question, whichever comes first', async () => {
    const answers: ((page: Page<Row>) => void)[] = []
    const table = new TableState<Row>(
      () => new Promise((resolve) => answers.push(resolve)),
      ({ id }) => id,
      'id'
    )
    const first = table.find('a')
    const second = table.find('b')
    answers[1]?.({ total: 1, data: [{ id: 2 }] })
    await second
    answers[0]?.({ total: 1, data: [{ id: 1 }] })
    await first
    expect([ids(table), table.isLoading]).toEqual([[2], false])
  })

  it('looks again without a sign of it', async () => {
    let all = [1]
    const table = over(() => all)
    await table.load()
    all = [1, 2]
    const looking = table.refresh()
    expect(table.isLoading).toBe(false)
    await looking
    expect(ids(table)).toEqual([1, 2])
  })

  it('says why a page did not come', async () => {
    const table = new TableState<Row>(
      () => Promise.reject(new Error('down')),
      ({ id }) => id,
      'id'
    )
    await table.load()
    expect([table.error, table.isLoaded, table.isLoading]).toEqual(['down', false, false])
  })
})
