// The pages of PeerTube's client that its menus lead to, by who is offered them. Pages of features that this release does not
// have are among them where an instance without content answers them: they show that there is nothing.

export const forEveryone = [
  '/home',
  '/videos/overview',
  '/videos/trending',
  '/videos/local',
  '/videos/recently-added',
  '/search?search=harbour',
  '/a/root/video-channels',
  '/a/root/videos',
  '/c/root_channel/videos',
  '/c/root_channel/video-playlists',
  '/about/instance',
  '/about/peertube',
  '/about/follows',
  '/login',
  '/signup',
  '/my-account/settings'
]

export const forMembers = (video) => [
  '/videos/trending',
  '/videos/recently-added',
  `/search?search=${encodeURIComponent(video.name)}`,
  '/my-account/settings',
  '/my-account/notifications',
  '/my-account/two-factor-auth',
  '/my-account/blocklist/accounts',
  '/my-account/blocklist/servers',
  '/my-account/abuses',
  '/my-account/import-export',
  '/my-account/videos/comments',
  '/my-account/watched-words/list',
  '/my-account/auto-tag-policies',
  '/my-library/video-channels',
  '/manage/create',
  '/manage/update/root_channel',
  '/my-library/videos',
  '/my-library/video-imports',
  '/my-library/ownership',
  '/my-library/followers',
  '/my-library/subscriptions',
  '/my-library/video-playlists',
  '/my-library/history/videos',
  `/videos/update/${video.shortUUID}`
]

export const forAdministrators = [
  '/admin/users/list',
  '/admin/users/create',
  '/admin/videos/list',
  '/admin/comments/list',
  '/admin/follows/following-list',
  '/admin/follows/followers-list',
  '/admin/follows/video-redundancies-list',
  '/admin/moderation/registrations/list',
  '/admin/moderation/abuses/list',
  '/admin/moderation/video-blocks/list',
  '/admin/moderation/blocklist/accounts',
  '/admin/moderation/blocklist/servers',
  '/admin/moderation/watched-words/list',
  '/admin/config/edit-custom',
  '/admin/plugins/list-installed',
  '/admin/system/runners/runners-list',
  '/admin/system/runners/jobs-list',
  '/admin/system/runners/registration-tokens-list',
  '/admin/system/jobs',
  '/admin/system/logs',
  '/admin/system/debug'
]

/** Opens the pages one after the other. What they complain of has been noted by then. */
export async function visitAll(page, paths) {
  for (const path of paths) {
    await page.goto(path)
    await page.locator('my-app .main-col, my-app #content').first().waitFor()
    await page.waitForLoadState('networkidle')
    if (await page.locator('my-error-page').count()) throw new Error(`${path} shows the error page`)
  }
}

const greetings = { 'en-US': 'Recently added', 'fr-FR': 'Ajoutées récemment' }

/** Starts the client at its home page in each language that the browser may ask for. */
export async function boot(open) {
  for (const [locale, words] of Object.entries(greetings)) {
    const page = await open(locale)
    await page.goto('/')
    await page.getByText(words).first().waitFor()
    await page.waitForLoadState('networkidle')
    await page.context().close()
  }
}
