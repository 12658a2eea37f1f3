import { describe, expect, it } from 'vitest'
import { matcher } from './match'
import { homeQuery, movedTo, threadOf } from './redirects'
import { find } from './routes'

describe('A pattern', () => {
  it('takes the parts of an address', () => {
    expect(matcher('/c/:name/videos')('/c/news%40example.org/videos')).toEqual({ name: 'news@example.org' })
  })

  it('takes what stands behind a sign', () => {
    expect(matcher('/@:name')('/@bob@far.example')).toEqual({ name: 'bob@far.example' })
    expect(matcher('/@:name')('/bob')).toBeNull()
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

  it('have a page about the site at the address of its sitemap', () => {
    expect(load('/about/instance')).toBe(load('/about'))
    expect(load('/about/instance')).not.toBe(load('/no/such/page'))
  })

  it('have a page for what does not exist', () => {
    expect(load('/no/such/page')).toBe(load('/w/a/b'))
    expect(load('/no/such/page')).not.toBe(load('/'))
  })
})

describe('The thread an address names', () => {
  it.each([
    ['/w/abc;threadId=7', 7],
    ['/w/abc;a=1;threadId=7;b=2', 7],
    ['/videos/watch/abc;threadId=12', 12],
    ['/w/abc', null],
    ['/w/abc;threadId=x', null],
    ['/c/abc;threadId=7', null]
  ])('%s', (path, id) => {
    expect(threadOf(path)).toBe(id)
  })
})

describe('An older address', () => {
  it.each([
    ['/videos/watch/abc', '?start=9', '/w/abc?start=9'],
    ['/w/abc;other=7', '?start=9', '/w/abc?start=9'],
    ['/videos/watch/abc;threadId=7', '?start=9', '/w/abc;threadId=7?start=9'],
    ['/w/abc;a=b;threadId=7', '', '/w/abc;threadId=7'],
    ['/videos/upload', '', '/videos/publish'],
    ['/videos/trending', '?alg=most-liked', '/videos/browse?sort=-likes'],
    ['/videos/local', '', '/videos/browse?scope=local&sort=-publishedAt'],
    ['/accounts/bob@far.example/videos', '', '/a/bob@far.example/videos'],
    ['/video-channels/news', '', '/c/news/videos'],
    ['/a/bob', '', '/a/bob/video-channels'],
    ['/manage/update/news', '', '/my-library/video-channels/update/news'],
    ['/my-account', '', '/my-account/settings'],
    ['/admin/users/list', '?search=ada', '/admin/overview/users?search=ada'],
    ['/admin/comments/list', '', '/admin/overview/comments'],
    ['/admin/moderation/abuses/list', '', '/admin/moderation/abuses'],
    ['/admin/config/edit-custom', '', '/admin/settings/config/information'],
    ['/admin/settings/system/logs', '', '/admin/system/logs']
  ])('%s%s is now %s', (path, search, address) => {
    expect(movedTo(path, search)).toBe(address)
    expect(find(new URL(address, 'http://x').pathname).load).not.toBe(find('/no/such/page').load)
  })

  it('is not one that is in use', () => {
    for (const path of ['/', '/videos/browse', '/w/abc', '/w/abc;threadId=7', '/c/news/videos'])
      expect(movedTo(path, '')).toBeNull()
  })

  it('may be the first page', () => {
    expect(homeQuery('/videos/trending').get('sort')).toBe('-trending')
    expect(homeQuery('/videos/browse?scope=local').get('scope')).toBe('local')
    expect([...homeQuery('/about')]).toEqual([])
  })
})
