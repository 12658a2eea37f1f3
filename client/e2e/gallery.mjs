// Pictures of every page, for eyes: on a phone and a desktop, light and dark, as a visitor, an author and an administrator.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… [AUTHOR=name AUTHOR_PASSWORD=…] [ONLY=word] [LOOKS=phone-dark] OUT=shots node gallery.mjs
//
// Written to OUT/<device>-<scheme>/<who>-<page>.png. Pages are those of src/router/routes.ts; the parts of their addresses are
// taken from the newest video that the author has, else from the newest of all. ONLY takes the pages with one of these words
// (with commas between them) in their name, LOOKS one variant. Names what is wider than the screen and what the browser complained about; ends with status 1 only
// when a page did not come.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openPage, startBrowser } from './browser.mjs'
import { beyond, shoot } from './looks.mjs'

const { BASE_URL: base, ROOT_PASSWORD: password, OUT: out, ONLY: only = '', LOOKS: looks = '' } = process.env
const { AUTHOR: author = 'root', AUTHOR_PASSWORD: authorPassword = password } = process.env
if (!base || !password || !out) {
  console.error('gallery: set BASE_URL, ROOT_PASSWORD and OUT')
  process.exit(1)
}

const devices = {
  desktop: { viewport: { width: 1366, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }
}
const complaints = []
const browser = await startBrowser()
let missing = 0
try {
  const who = {
    visitor: { session: undefined },
    author: { session: await logIn(author, authorPassword) },
    admin: { session: await logIn('root', password) }
  }
  const parts = await find()
  for (const [device, screen] of Object.entries(devices))
    for (const colorScheme of ['light', 'dark'])
      if (`${device}-${colorScheme}`.includes(looks))
        for (const [name, { session }] of Object.entries(who))
          await visit(name, session, `${device}-${colorScheme}`, { ...screen, colorScheme }, parts)
} finally {
  await browser.close()
}
for (const complaint of new Set(complaints)) console.log(`gallery: ${complaint}`)
process.exit(missing > 0 ? 1 : 0)

async function logIn(username, password) {
  const page = await openPage(browser, { baseURL: base }, complaints)
  await page.goto('/login')
  await page.getByLabel('User name or e-mail address').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('button', { name: /^Account of / }).waitFor()
  const state = await page.context().storageState()
  await page.context().close()
  return state
}

/** What stands in the variable parts of the addresses. */
async function find() {
  const get = async (path) => (await fetch(`${base}/api/v1${path}`)).json()
  const { data } = await get('/videos?sort=-publishedAt&count=100')
  const video = data.findLast(({ account }) => account.name === author) ?? data[0]
  if (!video) throw new Error('there is no public video')
  return { video: video.shortUUID, channel: video.channel.name, account: video.account.name }
}

/** Every address of the client: those of the routes, and some that lead to errors. */
function addresses(parts) {
  const source = readFileSync(new URL('../src/router/routes.ts', import.meta.url), 'utf8')
  const patterns = [...source.matchAll(/^ {4}\['([^']+)', (\w+)\]/gm)].map(([, path, page]) => ({
    path,
    page
  }))
  const sections = ['information', 'general', 'users', 'vod', 'advanced']
  return [
    // One address of each page is enough; the sections of the configuration share one page.
    ...patterns.filter(
      ({ page }, i) => page !== 'config' && patterns.findIndex((p) => p.page === page) === i
    ),
    ...sections.map((section) => ({ path: `/admin/settings/config/${section}` })),
    { path: '/w/7fpGSLtDyWkDpjDXuZVqXG' },
    { path: '/c/nobody_here/videos' },
    { path: '/a/nobody_here/video-channels' },
    { path: '/search?search=harbour' },
    { path: '/search?search=nothing-like-it' },
    { path: '/no/such/page' }
  ].map(({ path }) => fill(path, parts))
}

function fill(path, parts) {
  return path
    .replace('/w/:id', `/w/${parts.video}`)
    .replace(/^\/videos\/(update|manage)\/:id/, `/videos/$1/${parts.video}`)
    .replace(/^\/admin\/.*:id/, (found) => found.replace(':id', '1'))
    .replace(/^\/@:name/, `/@${parts.account}`)
    .replace(/^\/(c|my-library\/video-channels\/update|manage\/update)\/:name/, `/$1/${parts.channel}`)
    .replace(/^\/a\/:name/, `/a/${parts.account}`)
}

/** What everybody sees alike is looked at once, by a visitor. */
function isFor(who, path) {
  const isAdmin = path.startsWith('/admin')
  const isOwn = isAdmin || /^\/(my-|manage|videos\/(publish|update|manage))/.test(path)
  if (who === 'admin') return isAdmin
  if (who === 'author') return (isOwn && !isAdmin) || path.startsWith('/w/') || path === '/'
  return !isOwn
}

async function visit(who, storageState, variant, options, parts) {
  const folder = join(out, variant)
  mkdirSync(folder, { recursive: true })
  const page = await openPage(browser, { ...options, storageState, baseURL: base }, complaints)
  page.setDefaultTimeout(10_000)
  for (const path of addresses(parts).filter((path) => isFor(who, path))) {
    const name = `${who}-${path.replace(/[^a-z0-9]+/gi, '-').replace(/^-|-$/g, '') || 'root'}`
    if (!only.split(',').some((word) => name.includes(word))) continue
    try {
      await page.goto(path)
      await page.locator('main :is(h1, h2)').first().waitFor()
      await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined)
      await page.evaluate(() => {
        document.querySelector('video')?.pause()
        document.querySelector('#comments')?.scrollIntoView()
      })
      await page.waitForLoadState('networkidle', { timeout: 3000 }).catch(() => undefined)
      await shoot(page, folder, name)
      const wide = await beyond(page)
      if (wide > 0) complaints.push(`${variant}/${name} is ${wide} pixels wider than the screen`)
    } catch (error) {
      missing++
      complaints.push(`${variant}/${name} did not come: ${error.message.split('\n')[0]}`)
    }
  }
  await page.context().close()
}
