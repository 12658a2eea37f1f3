// One video through the whole house, in a browser: log in, upload, see it transcoded, watch it, change its quality,
// look around. Ends with status 1 and the reason when a step fails or the browser complained about anything.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… VIDEO_FILE=video.mp4 OUT=shots node slice.mjs
//
// OUT receives the screenshots. USER_NAME (root), CHROMIUM (path) and TRANSCODING_SECONDS (300) are optional.
import { mkdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { openPage, screens, startBrowser } from './browser.mjs'

const complaints = []
let step = 'read the settings'
const settings = readSettings()
const title = `Slice ${new Date().toISOString().slice(0, 19).replace('T', ' ')}`

step = 'start the browser'
const browser = await startBrowser().catch(fail)
try {
  const page = await openPage(
    browser,
    { ...screens.desktop, colorScheme: 'light', baseURL: settings.base },
    complaints
  )
  page.setDefaultTimeout(20_000)
  await run(page)
  step = 'listen to the console'
  if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`)
} catch (error) {
  await shootFailure()
  fail(error)
} finally {
  await browser.close()
}
console.log(`slice: all steps passed, screenshots in ${settings.out}`)

async function run(page) {
  await begin('log in', () => logIn(page))
  const path = await begin('upload', () => upload(page))
  await begin('wait for the transcoding', () => waitForTranscoding(page))
  await begin('watch', () => watch(page, path))
  await begin('switch the quality', () => switchQuality(page))
  await begin('look around on a desktop, light and dark', () => tour(page, path, 'desktop'))
  const session = await page.context().storageState()
  const phone = await openPage(
    browser,
    { ...screens.phone, colorScheme: 'light', baseURL: settings.base, storageState: session },
    complaints
  )
  await begin('look around on a phone, light and dark', () => tour(phone, path, 'phone'))
  await begin('log out', () => logOut(page))
}

async function begin(name, work) {
  step = name
  const started = Date.now()
  const result = await work()
  console.log(`slice: ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return result
}

async function logIn(page) {
  await page.goto('/login')
  await shoot(page, 'login')
  await page.getByLabel('User name or e-mail address').fill(settings.user)
  await page.getByLabel('Password').fill(settings.password)
  await page.getByRole('button', { name: 'Log in' }).click()
  const refusal = page.getByRole('alert')
  await page
    .getByRole('button', { name: /^Account of / })
    .or(refusal)
    .first()
    .waitFor()
  if (await refusal.count()) throw new Error(`the log-in was refused: ${await refusal.first().innerText()}`)
}

async function upload(page) {
  await page.getByRole('link', { name: 'Upload' }).first().click()
  await page.waitForURL('**/videos/publish')
  await page.getByText('Drop video files here').waitFor()
  await shoot(page, 'publish')
  await page.getByLabel('Video file', { exact: true }).setInputFiles(settings.video)
  await page.getByLabel('Title', { exact: true }).fill(title)
  await page
    .getByLabel('Description', { exact: true })
    .fill('Sent by the **end-to-end check** of https://example.org/ and watched by it.')
  await page.getByLabel('Tags', { exact: true }).fill('slice, check')
  const category = page.getByLabel('Category', { exact: true })
  await category.locator('option').nth(1).waitFor({ state: 'attached' })
  await category.selectOption({ label: 'Science & Technology' })
  await shoot(page, 'publish-details', { fullPage: true })
  await page.getByRole('button', { name: /^Publish( when uploaded)?$/ }).click()
  const link = page.getByRole('link', { name: /^(To the video|Watch it)$/ })
  const refusal = page.getByRole('alert')
  await link.or(refusal).first().waitFor({ timeout: 120_000 })
  if (await refusal.count()) throw new Error(`the upload was refused: ${await refusal.first().innerText()}`)
  return link.getAttribute('href')
}

async function waitForTranscoding(page) {
  const panel = page.locator('[data-transcoding-state]')
  // A short video may be done before the first look.
  await panel
    .locator('li')
    .or(page.getByText('Transcoded', { exact: true }))
    .first()
    .waitFor()
  await shoot(page, 'transcoding')
  const deadline = Date.now() + settings.transcodingSeconds * 1000
  for (;;) {
    const state = await panel.getAttribute('data-transcoding-state')
    const text = (await panel.innerText()).replace(/\s+/g, ' ')
    if (state === '7') throw new Error(`the transcoding failed: ${text}`)
    if (state === '1' && text.startsWith('Transcoded')) break
    if (Date.now() > deadline)
      throw new Error(`not transcoded after ${settings.transcodingSeconds} s: ${text}`)
    await page.waitForTimeout(250)
  }
  await shoot(page, 'transcoded')
}

async function watch(page, path) {
  await page.getByRole('link', { name: 'Watch it' }).click()
  await page.waitForURL(`**${path}`)
  await page.getByRole('heading', { name: title, level: 1 }).waitFor()
  // A video begins by itself unless its viewer has said otherwise; the browser is started so that it may.
  await waitForPlayback(page, 2)
  await page.locator('section', { hasText: 'Sent by the' }).locator('strong').first().waitFor()
  await shoot(page, 'watch')
}

/** Until the picture has run on by `seconds`; videos that end meanwhile count as watched. */
async function waitForPlayback(page, seconds) {
  const before = (await picture(page)).time
  await page
    .waitForFunction(
      ([from, by]) => {
        const video = document.querySelector('video')
        return video && video.videoHeight > 0 && (video.currentTime - from > by || video.ended)
      },
      [before, seconds],
      { timeout: 30_000 }
    )
    .catch(async () => {
      throw new Error(`the picture does not move: ${JSON.stringify(await picture(page))}`)
    })
}

function picture(page) {
  return page.evaluate(() => {
    const video = document.querySelector('video')
    return {
      time: video?.currentTime ?? 0,
      height: video?.videoHeight ?? 0,
      readyState: video?.readyState,
      error: video?.error?.message ?? null
    }
  })
}

/** Chooses the lowest, then the highest quality, and waits until the picture has each of these heights. */
async function switchQuality(page) {
  const labels = await menuLabels(page)
  const heights = labels.map((label) => Number.parseInt(label, 10)).filter((height) => height > 0)
  if (heights.length < 2) {
    console.log(`slice: this video has one quality only (${labels.join(', ')}), nothing to switch`)
    return
  }
  for (const height of [Math.min(...heights), Math.max(...heights)]) {
    await rewind(page)
    await openMenu(page)
    await page
      .locator('.vidilog-quality .vjs-menu-item', { hasText: `${height}p` })
      .first()
      .click()
    await page
      .waitForFunction((wanted) => document.querySelector('video')?.videoHeight === wanted, height, {
        timeout: 30_000
      })
      .catch(async () => {
        throw new Error(`the picture did not become ${height}p: ${JSON.stringify(await picture(page))}`)
      })
    await waitForPlayback(page, 0.5)
    console.log(`slice: the picture is ${height}p now`)
  }
  await openMenu(page)
  await shoot(page, 'quality-menu')
}

async function rewind(page) {
  await page.evaluate(async () => {
    const video = document.querySelector('video')
    video.currentTime = 0
    await video.play()
  })
}

async function menuLabels(page) {
  await openMenu(page)
  return page.locator('.vidilog-quality .vjs-menu-item-text').allInnerTexts()
}

/** The control bar hides when the mouse rests; the menu opens by hovering or by a click. */
async function openMenu(page) {
  const box = await page.locator('.video-js').boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height / 2 + 20)
  const menu = page.locator('.vidilog-quality .vjs-menu-content')
  await page.locator('.vidilog-quality').hover()
  if (!(await menu.isVisible())) await page.locator('.vidilog-quality > button').click()
  await menu.waitFor()
}

async function tour(page, path, device) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme })
    const name = (place) => `${place}-${device}-${scheme}`
    await page.goto('/')
    await page.getByRole('heading', { name: /videos$/ }).waitFor()
    await page.getByRole('link', { name: title }).waitFor()
    await shoot(page, name('home'))
    await page.goto('/my-library/videos')
    await page
      .getByRole('link', { name: `Edit ${title}` })
      .first()
      .waitFor()
    await shoot(page, name('my-videos'))
    await page.goto(path)
    await page.getByRole('heading', { name: title, level: 1 }).waitFor()
    await page.locator('.video-js.vjs-has-started').waitFor()
    await shoot(page, name('watch'))
    await page.locator('.about .channel a').first().click()
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.getByRole('link', { name: title }).waitFor()
    await shoot(page, name('channel'))
    await checkWidth(page, name('channel'))
  }
}

async function checkWidth(page, name) {
  const beyond = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  )
  if (beyond > 0) throw new Error(`${name} is ${beyond} pixels wider than the screen`)
}

async function logOut(page) {
  await page.getByRole('button', { name: /^Account of / }).click()
  await shoot(page, 'account-menu')
  await page.getByRole('button', { name: 'Log out' }).click()
  await page.getByRole('link', { name: 'Log in' }).waitFor()
  const left = await page.evaluate(() => localStorage.getItem('access_token'))
  if (left !== null) throw new Error('the access token is still in localStorage after the log-out')
}

/** Pictures that are still loading would make two screenshots of one page differ. */
async function shoot(page, name, options = {}) {
  await page
    .waitForFunction(
      () => [...document.images].every((image) => image.complete || image.loading === 'lazy'),
      undefined,
      { timeout: 5000 }
    )
    .catch(() => console.log(`slice: ${name}: some pictures did not load within 5 s`))
  await page.screenshot({ path: join(settings.out, `${name}.png`), ...options })
}

async function shootFailure() {
  const page = browser.contexts().at(-1)?.pages().at(-1)
  await page?.screenshot({ path: join(settings.out, 'failure.png') }).catch(() => undefined)
}

function readSettings() {
  const { BASE_URL, ROOT_PASSWORD, VIDEO_FILE, OUT } = process.env
  const missing = Object.entries({ BASE_URL, ROOT_PASSWORD, VIDEO_FILE, OUT }).filter(([, value]) => !value)
  if (missing.length > 0) fail(new Error(`set ${missing.map(([name]) => name).join(', ')}`))
  try {
    statSync(VIDEO_FILE)
    mkdirSync(OUT, { recursive: true })
  } catch (error) {
    fail(error)
  }
  return {
    base: BASE_URL.replace(/\/$/, ''),
    user: process.env.USER_NAME ?? 'root',
    password: ROOT_PASSWORD,
    video: resolve(VIDEO_FILE),
    out: resolve(OUT),
    transcodingSeconds: Number(process.env.TRANSCODING_SECONDS ?? 300)
  }
}

function fail(error) {
  console.error(`slice: failed at "${step}": ${error.message}`)
  if (complaints.length > 0) console.error(`slice: the browser had complained:\n  ${complaints.join('\n  ')}`)
  process.exit(1)
}
