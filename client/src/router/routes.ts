import type { Component } from 'svelte'
import { matcher, type Matcher, type Params } from './match'

/** Pages take the parts of their address as props; which ones, the pattern says. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Component<Params> refuses pages that take no props
export type PageComponent = Component<any>

type Load = () => Promise<{ default: PageComponent }>

interface Route {
  match: Matcher
  load: Load
}

const home: Load = () => import('../pages/videos/browse/Page.svelte')
const login: Load = () => import('../pages/login/Page.svelte')
const publish: Load = () => import('../pages/videos/publish/Page.svelte')
const watch: Load = () => import('../pages/w/Page.svelte')
const myVideos: Load = () => import('../pages/my-library/videos/Page.svelte')
const channel: Load = () => import('../pages/c/Page.svelte')
const account: Load = () => import('../pages/a/Page.svelte')
const notFound: Load = () => import('../pages/not-found/Page.svelte')

/** PeerTube's addresses, newer and older ones: links that exist must go on working. */
const routes: Route[] = (
  [
    ['/', home],
    ['/home', home],
    ['/videos/browse', home],
    ['/videos/recently-added', home],
    ['/videos/trending', home],
    ['/videos/local', home],
    ['/videos/overview', home],
    ['/login', login],
    ['/videos/publish', publish],
    ['/videos/upload', publish],
    ['/w/:id', watch],
    ['/videos/watch/:id', watch],
    ['/my-library', myVideos],
    ['/my-library/videos', myVideos],
    ['/c/:name', channel],
    ['/c/:name/videos', channel],
    ['/video-channels/:name', channel],
    ['/video-channels/:name/videos', channel],
    ['/a/:name', account],
    ['/a/:name/videos', account],
    ['/a/:name/video-channels', account],
    ['/accounts/:name', account]
  ] as [string, Load][]
).map(([pattern, load]) => ({ match: matcher(pattern), load }))

export interface Found {
  params: Params
  load: Load
}

export function find(path: string): Found {
  for (const route of routes) {
    const params = route.match(path)
    if (params) return { params, load: route.load }
  }
  return { params: {}, load: notFound }
}
