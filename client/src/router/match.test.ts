import { describe, expect, it } from 'vitest'
import { matcher } from './match'
import { find } from './routes'

describe('A pattern', () => {
  it('takes the parts of an address', () => {
    expect(matcher('/c/:name/videos')('/c/news%40example.org/videos')).toEqual({ name: 'news@example.org' })
  })

  it('bears a slash at the end', () => {
    expect(matcher('/videos/browse')('/videos/browse/')).toEqual({})
  })

  it.each(['/c/a/b/videos', '/c//videos', '/x/c/a/videos', '/c/%E0%A4%A/videos'])(
    'does not match %s',
    (path) => {
      expect(matcher('/c/:name/videos')(path)).toBeNull()
    }
  )
})

describe('The routes', () => {
  const load = (path: string) => find(path).load

  it('know the older addresses of a page', () => {
    expect(load('/videos/watch/abc')).toBe(load('/w/abc'))
    expect(find('/videos/watch/abc').params).toEqual({ id: 'abc' })
    expect(load('/videos/upload')).toBe(load('/videos/publish'))
    expect(load('/videos/recently-added')).toBe(load('/'))
    expect(load('/c/news')).toBe(load('/c/news/videos'))
    expect(load('/manage/update/news')).toBe(load('/my-library/video-channels/update/news'))
    expect(load('/admin/users/list')).toBe(load('/admin/overview/users'))
    expect(load('/admin/config/edit-custom')).toBe(load('/admin/settings/config/vod'))
  })

  it('have a page for what does not exist', () => {
    expect(load('/no/such/page')).toBe(load('/w/a/b'))
    expect(load('/no/such/page')).not.toBe(load('/'))
  })
})
