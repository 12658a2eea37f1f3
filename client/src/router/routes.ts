import type { Component } from 'svelte'
import { instance } from '../state/instance.svelte'
import { matcher, type Matcher, type Params } from './match'
import { withoutMatrix } from './redirects'

/** Pages take the parts of their address as props; which ones, the pattern says. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- Component<Params> refuses pages that take no props
export type PageComponent = Component<any>

type Load = () => Promise<{ default: PageComponent }>

interface Route {
  match: Matcher
  load: Load
}

const browse: Load = () => import('../pages/videos/browse/Page.svelte')
const homepage: Load = () => import('../pages/home/Page.svelte')

/** At the root stands what the administrator has chosen: their own page, or a list. */
const root: Load = async () => ((await hasHomepage('first')) ? homepage() : browse())
/** Its address of old, which shows the lists while there is none. */
const home: Load = async () => ((await hasHomepage('any')) ? homepage() : browse())

async function hasHomepage(wanted: 'first' | 'any'): Promise<boolean> {
  const config = await instance.load().catch(() => null)
  if (!config?.homepage?.enabled) return false
  return wanted === 'any' || config.instance.defaultClientRoute === '/home'
}

const about: Load = () => import('../pages/about/Page.svelte')
const login: Load = () => import('../pages/login/Page.svelte')
const publish: Load = () => import('../pages/videos/publish/Page.svelte')
const watch: Load = () => import('../pages/w/Page.svelte')
const myVideos: Load = () => import('../pages/my-library/videos/Page.svelte')
const update: Load = () => import('../pages/videos/update/Page.svelte')
const myChannels: Load = () => import('../pages/my-library/video-channels/Page.svelte')
const newChannel: Load = () => import('../pages/my-library/video-channels/create/Page.svelte')
const editChannel: Load = () => import('../pages/my-library/video-channels/update/Page.svelte')
const history: Load = () => import('../pages/my-library/history/Page.svelte')
const settings: Load = () => import('../pages/my-account/settings/Page.svelte')
const signup: Load = () => import('../pages/signup/Page.svelte')
const admin: Load = () => import('../pages/admin/Page.svelte')
const users: Load = () => import('../pages/admin/overview/users/Page.svelte')
const newUser: Load = () => import('../pages/admin/overview/users/create/Page.svelte')
const editUser: Load = () => import('../pages/admin/overview/users/update/Page.svelte')
const allVideos: Load = () => import('../pages/admin/overview/videos/Page.svelte')
const abuses: Load = () => import('../pages/admin/moderation/abuses/Page.svelte')
const comments: Load = () => import('../pages/admin/overview/comments/Page.svelte')
const myComments: Load = () => import('../pages/my-library/comments-on-my-videos/Page.svelte')
const myAbuses: Load = () => import('../pages/my-account/abuses/Page.svelte')
const editHomepage: Load = () => import('../pages/admin/homepage/Page.svelte')
const pictures: Load = () => import('../pages/admin/pictures/Page.svelte')
const config: Load = () => import('../pages/admin/config/Page.svelte')
const jobs: Load = () => import('../pages/admin/system/jobs/Page.svelte')
const logs: Load = () => import('../pages/admin/system/logs/Page.svelte')
const debug: Load = () => import('../pages/admin/system/debug/Page.svelte')
const channel: Load = () => import('../pages/c/Page.svelte')
const account: Load = () => import('../pages/a/Page.svelte')
const aboutChannel: Load = () => import('../pages/c/about/Page.svelte')
const accountVideos: Load = () => import('../pages/a/videos/Page.svelte')
const aboutAccount: Load = () => import('../pages/a/about/Page.svelte')
const search: Load = () => import('../pages/search/Page.svelte')
const handle: Load = () => import('../pages/handle/Page.svelte')
const notFound: Load = () => import('../pages/not-found/Page.svelte')

/** PeerTube's addresses; where the older ones are now stands in redirects.ts. */
const routes: Route[] = (
  [
    ['/', root],
    ['/home', home],
    ['/videos/browse', browse],
    ['/search', search],
    ['/about', about],
    ['/about/instance', about],
    ['/login', login],
    ['/videos/publish', publish],
    ['/w/:id', watch],
    ['/videos/update/:id', update],
    ['/videos/manage/:id', update],
    ['/my-library/videos', myVideos],
    ['/my-library/video-channels', myChannels],
    ['/my-library/video-channels/create', newChannel],
    ['/my-library/video-channels/update/:name', editChannel],
    ['/my-library/history/videos', history],
    ['/my-library/comments-on-my-videos', myComments],
    ['/my-account/abuses', myAbuses],
    ['/my-account/settings', settings],
    ['/signup', signup],
    ['/admin', admin],
    ['/admin/overview', admin],
    ['/admin/overview/users', users],
    ['/admin/overview/users/create', newUser],
    ['/admin/overview/users/update/:id', editUser],
    ['/admin/overview/videos', allVideos],
    ['/admin/overview/comments', comments],
    ['/admin/moderation/abuses', abuses],
    ['/admin/settings', admin],
    ['/admin/settings/config/homepage', editHomepage],
    ['/admin/settings/config/logo', pictures],
    ['/admin/settings/config/:section', config],
    ['/admin/system/jobs', jobs],
    ['/admin/system/logs', logs],
    ['/admin/system/debug', debug],
    ['/c/:name/videos', channel],
    ['/c/:name/about', aboutChannel],
    ['/a/:name/videos', accountVideos],
    ['/a/:name/video-channels', account],
    ['/a/:name/about', aboutAccount],
    ['/@:name', handle]
  ] as [string, Load][]
).map(([pattern, load]) => ({ match: matcher(pattern), load }))

export interface Found {
  params: Params
  load: Load
}

export function find(path: string): Found {
  for (const route of routes) {
    const params = route.match(withoutMatrix(path))
    if (params) return { params, load: route.load }
  }
  return { params: {}, load: notFound }
}
