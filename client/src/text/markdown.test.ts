// @vitest-environment jsdom
import { describe, expect, it } from 'vitest'
import { descriptionHtml } from './markdown'

describe('The HTML of a description', () => {
  it('has the markdown people use, and line breaks where they pressed Enter', () => {
    const html = descriptionHtml('# Title\n\nA **bold** word\nand ~~no~~ `code`\n\n- one\n- two\n\n> said')
    expect(html).toContain('<h1>Title</h1>')
    expect(html).toContain('A <strong>bold</strong> word<br>')
    expect(html).toContain('<s>no</s> <code>code</code>')
    expect(html).toMatch(/<ul>\s*<li>one<\/li>\s*<li>two<\/li>\s*<\/ul>/)
    expect(html).toContain('<blockquote>')
  })

  it('makes links of addresses, which leave in a new tab and pass nothing on', () => {
    const html = descriptionHtml('See https://example.org/a and [this](https://example.org/b).')
    expect(html.match(/<a /g)).toHaveLength(2)
    expect(html).toContain('href="https://example.org/a"')
    expect(html.match(/target="_blank"/g)).toHaveLength(2)
    expect(html.match(/rel="nofollow noopener noreferrer"/g)).toHaveLength(2)
  })

  it('shows raw HTML as text', () => {
    const html = descriptionHtml('<img src=x onerror=alert(1)> <b>x</b>')
    expect(html).not.toContain('<img')
    expect(html).not.toContain('<b>')
    expect(html).toContain('&lt;img')
  })

  it.each(['[x](javascript:alert(1))', '[x](data:text/html,1)', '![x](https://example.org/t.png)'])(
    'has no script, data address or picture from %s',
    (source) => {
      const html = descriptionHtml(source)
      expect(html).not.toMatch(/href="(javascript|data):/)
      expect(html).not.toContain('<img')
    }
  )

  it('knows the names of characters, in addresses too, and makes no elements of them', () => {
    expect(descriptionHtml('&copy; &#169; &nosuch; &lt;b&gt;')).toBe('<p>© © &amp;nosuch; &lt;b&gt;</p>\n')
    expect(descriptionHtml('[x](https://example.org/?a=1&amp;b=2)')).toContain('a=1&amp;b=2"')
  })
})
