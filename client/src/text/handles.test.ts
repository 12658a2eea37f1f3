import { describe, expect, it } from 'vitest'
import { handleFault, handleFrom } from './handles'

describe('The name of a channel', () => {
  it.each(['news', 'the_news.1', 'a'])('may be %s', (name) => expect(handleFault(name)).toBeNull())
  it.each(['', 'News', 'the news', 'naïve', 'x'.repeat(51)])('may not be “%s”', (name) =>
    expect(handleFault(name)).not.toBeNull()
  )
  it('is made of what it is called', () => {
    expect(handleFrom(' The Näws & more! ')).toBe('the_naws_more')
    expect(handleFrom('日本')).toBe('')
  })
})
