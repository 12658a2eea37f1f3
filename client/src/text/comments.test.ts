// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { commentPath } from './addresses'
import { commentHtml } from './markdown'
import { linkMentions, mentions } from './mentions'
import { repliesLabel } from './replies'

describe('A comment', () => {
  it('has emphasis, links, lists and the lines it was written in', () => {
    expect(commentHtml('**One**\n*two* https://far.example')).toBe(
      '<p><strong>One</strong><br>\n<em>two</em> <a href="https://far.example" target="_blank" rel="nofollow noopener noreferrer">https://far.example</a></p>\n'
    )
    expect(commentHtml('- a\n- b')).toContain('<li>a</li>')
  })

  it('has neither headings nor pictures', () => {
    expect(commentHtml('# No\n![x](https://far.example/x.png)')).not.toMatch(/<(h1|img)/)
  })

  it('may come as the HTML of other software, without what could harm', () => {
    const html = commentHtml(
      '<p><span class="h-card"><a href="https://far.example/@bob" class="u-url" onclick="x()">@<span>bob</span></a></span> yes<script>alert(1)</script><img src=x onerror=alert(1)></p>'
    )
    expect(html).toBe(
      '<p><a href="https://far.example/@bob" target="_blank" rel="nofollow noopener noreferrer">@bob</a> yes</p>'
    )
  })

  it.each([
    '[x](javascript:alert(1))',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,x">x</a>'
  ])('does not lead to a script: %s', (source) => {
    expect(commentHtml(source)).not.toMatch(/href="?(javascript|data):/)
  })
})

describe('A mention', () => {
  const handles = (text: string) =>
    mentions(text).flatMap((piece) => (typeof piece === 'string' ? [] : [piece.handle]))

  it.each([
    ['@bob hello', ['bob']],
    ['(@bob@far.example)', ['bob@far.example']],
    ['thanks @bob.', ['bob']],
    ['@bob@far.example:9000, @ada', ['bob@far.example:9000', 'ada']],
    ['mail bob@far.example', []],
    ['@ nobody', []]
  ])('in “%s”', (text, found) => {
    expect(handles(text)).toEqual(found)
    expect(
      mentions(text)
        .map((piece) => (typeof piece === 'string' ? piece : `@${piece.handle}`))
        .join('')
    ).toBe(text)
  })

  it('leads to the account, but not within another link', () => {
    const holder = document.createElement('p')
    holder.innerHTML = 'hi @bob, <a href="https://x">@ada</a>'
    linkMentions(holder)
    expect([...holder.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
      '/@bob',
      'https://x'
    ])
  })
})

describe('The address of a comment', () => {
  it("is PeerTube's of its thread, with the place of an answer in it", () => {
    expect(commentPath({ shortUUID: 'abc' }, { id: 7, threadId: 7 })).toBe('/w/abc;threadId=7')
    expect(commentPath({ uuid: 'a-b' }, { id: 9, threadId: 7 })).toBe('/w/a-b;threadId=7#comment-9')
  })
})

describe('The number of replies', () => {
  it.each([
    [1, 0, '1 reply'],
    [1, 1, '1 reply from the author'],
    [3, 1, '3 replies, 1 from the author'],
    [12_000, 0, '12K replies']
  ])('%i, %i of them from the author', (total, own, words) => {
    expect(repliesLabel(total, own)).toBe(words)
  })
})
