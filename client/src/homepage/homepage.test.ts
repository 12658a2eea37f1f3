// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { furnish } from './furnish'
import { sanitized } from './sanitize'
import { listQuery } from './videos-list'

function page(source: string): HTMLElement {
  const holder = document.createElement('div')
  holder.append(sanitized(source))
  furnish(holder)
  return holder
}

describe('A homepage', () => {
  it('is markdown with HTML in it', () => {
    const made = page('# Welcome\n\nFilms of a <strong style="color: red">small</strong> town')
    expect(made.querySelector('h1')?.textContent).toBe('Welcome')
    expect(made.querySelector('strong')?.getAttribute('style')).toContain('red')
  })

  it('has nothing in it that runs', () => {
    const made = page(
      '<script>alert(1)</script><img src="x" onerror="alert(1)"> <a href="javascript:alert(1)">go</a>\n\n' +
        '<peertube-button data-href="javascript:alert(1)" data-label="Go"></peertube-button>\n\n<other-element></other-element>'
    )
    expect(made.innerHTML).not.toMatch(/<script|onerror|other-element/)
    expect(made.querySelector('a')?.hasAttribute('href')).toBe(false)
    expect(made.querySelector('peertube-button a')?.getAttribute('href')).toBe('/')
  })

  it('has a button where its element stands', () => {
    const made = page(
      'Here: <peertube-button data-href="https://far.example/" data-label="Far" data-blank-target="true" data-theme="secondary"></peertube-button>'
    )
    const link = made.querySelector<HTMLAnchorElement>('peertube-button a')
    expect(link).toMatchObject({ href: 'https://far.example/', target: '_blank', rel: 'noopener noreferrer' })
    expect([link?.textContent, link?.classList.contains('primary')]).toEqual(['Far', false])
  })

  it('has containers with a title, and other elements in them', () => {
    const made = page(
      '<peertube-container data-layout="row" data-title="New" data-description="What came last">\n\n' +
        '<peertube-button data-href="/home" data-label="Home"></peertube-button>\n\n</peertube-container>'
    )
    const container = made.querySelector('peertube-container')
    expect([...(container?.children ?? [])].map(({ localName }) => localName)).toEqual(['h2', 'p', 'div'])
    expect(container?.querySelector('.row peertube-button a')?.textContent).toBe('Home')
  })

  it('goes with the components in it', () => {
    const holder = document.createElement('div')
    holder.append(sanitized('<peertube-button data-href="/home" data-label="Home"></peertube-button>'))
    const leave = furnish(holder)
    leave()
    expect(holder.querySelector('a')).toBeNull()
  })
})

describe('A list of videos on the homepage', () => {
  it('asks for the newest ten when nothing is said', () => {
    expect(listQuery({})).toMatchObject({
      filters: { sort: '-publishedAt' },
      count: 10,
      maxRows: 0,
      channel: null
    })
    expect(listQuery({}).filters.isLocal).toBeUndefined()
  })

  it('asks for what its attributes say', () => {
    expect(
      listQuery({
        sort: '-views',
        count: '500',
        maxRows: '2',
        onlyLocal: 'true',
        isLive: 'false',
        categoryOneOf: '1, 6',
        languageOneOf: 'en',
        channelHandle: 'news@far.example'
      })
    ).toEqual({
      filters: {
        sort: '-views',
        isLocal: 'true',
        isLive: 'false',
        categoryOneOf: ['1', '6'],
        languageOneOf: ['en']
      },
      count: 100,
      maxRows: 2,
      channel: 'news@far.example',
      account: null
    })
  })

  it('takes "false" for no', () => {
    expect(listQuery({ onlyLocal: 'false' }).filters.isLocal).toBeUndefined()
  })
})
