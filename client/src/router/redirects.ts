import { matcher, type Params } from './match'

/** Addresses of older PeerTubes and where their pages are now: links that exist must go on working. */
const moved = (
  [
    ['/videos/trending', '/videos/browse?sort=-trending'],
    ['/videos/most-liked', '/videos/browse?sort=-likes'],
    ['/videos/recently-added', '/videos/browse?sort=-publishedAt'],
    ['/videos/local', '/videos/browse?scope=local&sort=-publishedAt'],
    ['/videos/overview', '/videos/browse'],
    ['/videos/upload', '/videos/publish'],
    ['/videos/watch/:id', '/w/:id'],
    ['/accounts/:name', '/a/:name/video-channels'],
    ['/accounts/:name/video-channels', '/a/:name/video-channels'],
    ['/accounts/:name/videos', '/a/:name/videos'],
    ['/accounts/:name/about', '/a/:name/about'],
    ['/a/:name', '/a/:name/video-channels'],
    ['/video-channels/:name', '/c/:name/videos'],
    ['/video-channels/:name/videos', '/c/:name/videos'],
    ['/video-channels/:name/about', '/c/:name/about'],
    ['/c/:name', '/c/:name/videos'],
    ['/my-account', '/my-account/settings'],
    ['/my-account/videos/comments', '/my-library/comments-on-my-videos'],
    ['/my-library', '/my-library/videos'],
    ['/manage/create', '/my-library/video-channels/create'],
    ['/manage/update/:name', '/my-library/video-channels/update/:name'],
    ['/admin/users', '/admin/overview/users'],
    ['/admin/users/list', '/admin/overview/users'],
    ['/admin/users/create', '/admin/overview/users/create'],
    ['/admin/users/update/:id', '/admin/overview/users/update/:id'],
    ['/admin/overview/users/list', '/admin/overview/users'],
    ['/admin/videos', '/admin/overview/videos'],
    ['/admin/videos/list', '/admin/overview/videos'],
    ['/admin/overview/videos/list', '/admin/overview/videos'],
    ['/admin/comments', '/admin/overview/comments'],
    ['/admin/comments/list', '/admin/overview/comments'],
    ['/admin/overview/comments/list', '/admin/overview/comments'],
    ['/admin/moderation', '/admin/moderation/abuses'],
    ['/admin/moderation/abuses/list', '/admin/moderation/abuses'],
    ['/admin/config', '/admin/settings/config/information'],
    ['/admin/config/edit-custom', '/admin/settings/config/information'],
    ['/admin/settings/config', '/admin/settings/config/information'],
    ['/admin/system', '/admin/system/jobs'],
    ['/admin/settings/system/jobs', '/admin/system/jobs'],
    ['/admin/settings/system/logs', '/admin/system/logs'],
    ['/admin/settings/system/debug', '/admin/system/debug']
  ] as [string, string][]
).map(([from, to]) => ({ match: matcher(from), to }))

/** Where an address has moved to, its own query kept; null for one that has not. */
export function movedTo(path: string, search: string): string | null {
  for (const { match, to } of moved) {
    const params = match(withoutMatrix(path))
    if (params) return withThread(withQuery(filled(to, params), search), path)
  }
  const known = withThread(withoutMatrix(path), path)
  return path === known ? null : known + search
}

/** A path without Angular's parameters of a segment, `;threadId=1`. */
export function withoutMatrix(path: string): string {
  return path.replace(/;[^/]*/g, '')
}

/** The thread of comments that the address of a video's page names; the one such parameter that says something here. */
export function threadOf(path: string): number | null {
  const [, id] = /^\/(?:w|videos\/watch)\/[^/;]+(?:;[^/;]*)*?;threadId=(\d+)(?![^;/])/.exec(path) ?? []
  return id === undefined ? null : Number(id)
}

function withThread(to: string, path: string): string {
  const thread = threadOf(path)
  return thread === null ? to : to.replace(/^\/w\/[^/?]+/, (page) => `${page};threadId=${thread}`)
}

function filled(to: string, params: Params): string {
  return to.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? '').replace(/%40/g, '@')
  )
}

function withQuery(to: string, search: string): string {
  const [path = '', own = ''] = to.split('?')
  const query = new URLSearchParams(own)
  for (const [name, value] of new URLSearchParams(search)) {
    if (!query.has(name)) query.append(name, value)
  }
  // Older PeerTubes named the order of /videos/trending otherwise.
  const order = {
    hot: '-hot',
    best: '-best',
    trending: '-trending',
    'most-viewed': '-views',
    'most-liked': '-likes'
  }
  const alg = query.get('alg') as keyof typeof order | null
  if (alg && order[alg]) query.set('sort', order[alg])
  query.delete('alg')
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The query of the list that an administrator has made the first page; empty when that is another page. */
export function homeQuery(defaultRoute: string): URLSearchParams {
  const url = new URL(defaultRoute || '/', 'http://x')
  const target = new URL(movedTo(url.pathname, url.search) ?? url.pathname + url.search, 'http://x')
  return target.pathname === '/videos/browse' ? target.searchParams : new URLSearchParams()
}
