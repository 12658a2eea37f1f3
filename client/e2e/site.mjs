// The lists of the site, its own pages, and what an administrator makes of them: grid, filters, search, menu, older
// addresses, homepage, pictures, broadcast message. Then those pages on both screens, light and dark, under axe.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… OUT=shots node site.mjs
//
// There are 27 public videos "Film 01" to "Film 27" at least; "Film 07", and no other, is in the category "Music" and has
// the tag "seventh". Ends with status 1 and the reason when a step fails or the browser complained about anything.
import { join } from 'node:path'
import { axe } from './axe.mjs'
import { openPage, screens, startBrowser } from './browser.mjs'
import { beyond, shoot } from './looks.mjs'

const { BASE_URL: base, ROOT_PASSWORD: password, OUT: out } = process.env
const complaints = []
let step = 'start'
if (!base || !password || !out) fail(new Error('set BASE_URL, ROOT_PASSWORD and OUT'))

const browser = await startBrowser().catch(fail)
let page
try {
  const guest = await open({ ...screens.desktop, colorScheme: 'light' })
  await lists(guest)
  await addresses(guest)
  const admin = await open({ ...screens.desktop, colorScheme: 'light' })
  await logIn(admin)
  await homepage(admin, guest)
  await pictures(admin, guest)
  await broadcast(admin, guest)
  await everywhere(await admin.context().storageState())
  step = 'listen to the console'
  if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`)
} catch (error) {
  await page?.screenshot({ path: join(out, 'site-failure.png') }).catch(() => undefined)
  fail(error)
} finally {
  await browser.close()
}
console.log(`site: all steps passed, screenshots in ${out}`)

async function open(options) {
  page = await openPage(browser, { ...options, baseURL: base }, complaints)
  page.setDefaultTimeout(15_000)
  return page
}

async function lists(page) {
  const cards = page.locator('main article')
  await begin('a list goes on as one scrolls', async () => {
    await page.goto('/videos/browse?sort=name')
    await page.getByRole('link', { name: 'Film 01' }).waitFor()
    const first = await cards.count()
    if (first >= 27) throw new Error(`all ${first} are there at once`)
    await page.mouse.wheel(0, 20_000)
    await page.getByRole('link', { name: 'Film 27' }).waitFor()
  })
  await begin('going back leads to where one was', async () => {
    await page.getByRole('link', { name: 'Film 20' }).scrollIntoViewIfNeeded()
    const before = await page.evaluate(() => scrollY)
    await page.getByRole('link', { name: 'Film 20' }).click()
    await page.getByRole('heading', { name: 'Film 20', level: 1 }).waitFor()
    await page.goBack()
    await page.waitForFunction((before) => before > 0 && Math.abs(scrollY - before) < 50, before)
  })
  await begin('filters', async () => {
    await page.goto('/videos/browse')
    await page.getByLabel('Sort by').selectOption({ label: 'Name' })
    await page.waitForURL('**/videos/browse?sort=name')
    await page.getByRole('button', { name: 'Filters' }).click()
    await page.getByLabel('Category').selectOption({ label: 'Music' })
    await page.getByRole('link', { name: 'Film 08' }).waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'Film 07' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Film 07' }).waitFor()
    if ((await cards.count()) !== 1) throw new Error(`${await cards.count()} videos after a reload`)
    await page.getByRole('button', { name: /^Filters/ }).click()
    await page.getByRole('button', { name: 'Remove all filters' }).click()
    await page.getByRole('link', { name: 'Film 08' }).waitFor()
  })
  await begin('search', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('Film 07')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Results for “Film 07”' }).waitFor()
    await page.locator('main').getByRole('link', { name: 'Film 07' }).first().waitFor()
    await page.goto('/search?tagsOneOf=seventh')
    await page.getByRole('heading', { name: '1 video' }).waitFor()
  })
}

async function addresses(page) {
  await begin('the menu', async () => {
    await page.getByRole('button', { name: 'Menu' }).click()
    await axe(page, 'the menu')
    await page.getByRole('link', { name: 'Trending' }).click()
    await page.getByRole('heading', { name: 'Trending videos' }).waitFor()
    if (await page.getByRole('link', { name: 'About this site' }).isVisible())
      throw new Error('the menu stays open')
  })
  for (const [old, now, heading] of [
    ['/videos/trending', '/videos/browse?sort=-trending', 'Trending videos'],
    ['/videos/recently-added', '/videos/browse?sort=-publishedAt', 'Newest videos'],
    ['/accounts/root', '/a/root/video-channels', 'root'],
    ['/video-channels/root_channel', '/c/root_channel/videos', /./],
    ['/about', '/about', /./]
  ])
    await begin(`${old} is ${now} now`, async () => {
      await page.goto(old)
      await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
      const { pathname, search } = new URL(page.url())
      if (pathname + search !== now) throw new Error(`it is ${pathname + search}`)
    })
}

async function logIn(page) {
  await page.goto('/login')
  await page.getByLabel('User name or e-mail address').fill('root')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('button', { name: /^Account of / }).waitFor()
}

async function homepage(admin, guest) {
  await begin('write a homepage', async () => {
    await admin.goto('/admin/settings/config/homepage')
    const content = admin.getByRole('textbox', { name: 'Content' })
    await content.fill(
      '# Our films\n\nAll by **ourselves**.\n\n<script>document.title = "taken over"</script>'
    )
    await admin.getByText('Elements for this page').click()
    await admin.getByRole('button', { name: 'Add: List of videos' }).click()
    await admin.getByRole('button', { name: 'Add: Button' }).click()
    await admin.getByRole('button', { name: 'Preview' }).click()
    await admin.getByRole('link', { name: 'Film 27' }).waitFor()
    await admin.getByRole('link', { name: 'About us' }).waitFor()
    await admin.getByLabel('It is the first page of visitors').check()
    await admin.getByRole('button', { name: 'Save', exact: true }).click()
    await admin.getByText('The homepage is saved.').waitFor()
  })
  await begin('it is the first page', async () => {
    await guest.goto('/')
    await guest.getByRole('heading', { name: 'Our films' }).waitFor()
    await guest.getByRole('link', { name: 'Film 27' }).waitFor()
    const cards = await guest.locator('peertube-videos-list article').count()
    if (cards > 8) throw new Error(`${cards} videos in two rows of eight at most`)
    if ((await guest.title()) === 'taken over') throw new Error('a script in it ran')
    await guest.getByRole('link', { name: 'About us' }).click()
    await guest.waitForURL('**/about/instance')
  })
}

async function pictures(admin, guest) {
  await begin('give the site pictures', async () => {
    await admin.goto('/admin/settings/config/logo')
    await admin.getByRole('heading', { name: 'Logos' }).waitFor()
    const buffer = await admin.screenshot({ clip: { x: 0, y: 0, width: 480, height: 480 } })
    const picture = { name: 'picture.png', mimeType: 'image/png', buffer }
    for (const label of ['Avatar', 'Banner', 'Sign', 'Icon'])
      await admin.getByLabel(`${label} file`, { exact: true }).setInputFiles(picture)
    await admin.getByRole('button', { name: 'Save', exact: true }).click()
    await admin.getByText('The pictures are saved.').waitFor()
    await admin.locator('header a[href="/"] img').waitFor()
  })
  await begin('everybody sees them', async () => {
    await guest.goto('/about/instance')
    await guest.locator('main img.banner').waitFor()
    await guest.waitForFunction(() =>
      [...document.querySelectorAll('main img, header img')].every(
        ({ complete, naturalWidth }) => complete && naturalWidth > 0
      )
    )
    const icon = await guest.locator('link[rel="icon"]').getAttribute('href')
    if (!icon.includes('/lazy-static/')) throw new Error(`the icon is ${icon}`)
  })
  await begin('take one away', async () => {
    await admin.getByRole('button', { name: 'Remove: Sign' }).click()
    await admin.getByRole('button', { name: 'Save', exact: true }).click()
    await admin.locator('header a[href="/"] svg').waitFor()
  })
}

async function broadcast(admin, guest) {
  const text = guest.getByText('The cellar is cleaned')
  await begin('say something to everybody', async () => {
    await admin.goto('/admin/settings/config/general')
    await admin.getByLabel('Show a message').check()
    await admin.getByLabel('Message', { exact: true }).fill('The cellar is cleaned **on Sunday**.')
    await admin.getByLabel('Visitors can close it').check()
    await admin.getByRole('button', { name: 'Save', exact: true }).click()
    await admin.getByText('The configuration is saved.').waitFor()
    await guest.goto('/')
    await text.waitFor()
    await axe(guest, 'the message')
  })
  await begin('it can be dismissed', async () => {
    await guest.getByRole('button', { name: 'Dismiss the message' }).click()
    await guest.reload()
    await guest.getByRole('heading', { name: 'Our films' }).waitFor()
    if (await text.count()) throw new Error('it is there again')
  })
}

async function everywhere(storageState) {
  for (const [device, screen] of Object.entries(screens))
    for (const colorScheme of ['light', 'dark']) {
      const page = await open({ ...screen, colorScheme, storageState })
      for (const [name, path, heading] of [
        ['homepage', '/home', 'Our films'],
        ['about', '/about/instance', /./],
        ['not-found', '/no/such/page', 'Page not found'],
        ['homepage-editor', '/admin/settings/config/homepage', 'Homepage'],
        ['pictures', '/admin/settings/config/logo', 'Pictures']
      ])
        await begin(`${name} on a ${device}, ${colorScheme}`, async () => {
          await page.goto(path)
          await page.getByRole('heading', { name: heading }).first().waitFor()
          await page.waitForLoadState('networkidle')
          await axe(page, name)
          const wide = await beyond(page)
          if (wide > 0) throw new Error(`it is ${wide} pixels wider than the screen`)
          await shoot(page, out, `${name}-${device}-${colorScheme}`)
        })
      await page.context().close()
    }
}

async function begin(name, work) {
  step = name
  const started = Date.now()
  await work()
  console.log(`site: ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

function fail(error) {
  console.error(`site: failed at "${step}": ${error.message}`)
  if (complaints.length > 0) console.error(`site: the browser had complained:\n  ${complaints.join('\n  ')}`)
  process.exit(1)
}
