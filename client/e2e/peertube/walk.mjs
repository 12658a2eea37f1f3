// PeerTube's own web client in front of a Vidilog: boots in two languages, logs in, uploads, edits, plays, comments, reports,
// and opens every page of what this release has. Ends with status 1 and the reason when a step fails or the browser complained
// of anything that it would not complain of in front of a PeerTube.
//
//   BASE_URL=http://localhost:9000 ROOT_PASSWORD=… VIDEO_FILE=video.mp4 OUT=shots node peertube/walk.mjs
import { mkdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { startBrowser } from '../browser.mjs'
import { listen, sameAsPeerTube } from './complaints.mjs'
import { visitAll, boot, forEveryone, forMembers, forAdministrators } from './pages.mjs'
import { edit, publish, waitUntilTranscoded } from './publishing.mjs'
import { embed, watch } from './watching.mjs'
import { discuss, report } from './discussing.mjs'
import { configure, manageUser } from './administration.mjs'

const { BASE_URL: base, ROOT_PASSWORD: password, VIDEO_FILE: film, OUT: out } = process.env
for (const [name, value] of Object.entries({
  BASE_URL: base,
  ROOT_PASSWORD: password,
  VIDEO_FILE: film,
  OUT: out
}))
  if (!value) fail('read the settings', new Error(`${name} is not set`))
mkdirSync(out, { recursive: true })

const complaints = []
const browser = await startBrowser().catch((error) => fail('start the browser', error))
let page
let step = ''
try {
  await begin('boot in English and French', () => boot(open))
  page = await open('en-US')
  await begin('open what everyone may', () => visitAll(page, forEveryone))
  await begin('log in', logIn)
  const video = await begin('upload and publish', () => publish(page, resolve(film)))
  await begin('wait for the transcoding', () => waitUntilTranscoded(page, video))
  await begin('edit it, with a caption and chapters', () => edit(page, video))
  await begin('watch, rate, share, download', () => watch(page, video))
  await begin('comment it, answer and delete', () => discuss(page, video))
  await begin('report it and accept the report', () => report(page, video))
  await begin('play it embedded', () => embed(page, video))
  await begin('open what a member may', () => visitAll(page, forMembers(video)))
  await begin('open the administration', () => visitAll(page, forAdministrators))
  await begin('create a user and change it', () => manageUser(page))
  await begin('change the configuration', () => configure(page))
  step = 'listen to the console'
  const own = complaints.filter((text) => !sameAsPeerTube(text))
  if (own.length > 0) throw new Error(`the browser complained:\n  ${own.join('\n  ')}`)
} catch (error) {
  await page?.screenshot({ path: join(out, 'failure.png') }).catch(() => undefined)
  for (const text of complaints) console.error(`  ${text}`)
  fail(step, error)
} finally {
  await browser.close()
}
console.log('peertube: all steps passed')

async function begin(name, work) {
  step = name
  const started = Date.now()
  const result = await work()
  console.log(`peertube: ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return result
}

async function open(locale) {
  const context = await browser.newContext({ baseURL: base, locale, viewport: { width: 1400, height: 900 } })
  // What PeerTube's client asks a new administrator and a new visitor; answered, as it is after a click.
  await context.addInitScript(() => {
    for (const modal of ['account_setup_warning', 'instance_config_warning', 'welcome'])
      localStorage.setItem(`no_${modal}_modal`, 'true')
  })
  const opened = await context.newPage()
  opened.setDefaultTimeout(30_000)
  listen(opened, complaints)
  return opened
}

async function logIn() {
  await page.goto('/login')
  await page.locator('input#username').fill('root')
  await page.locator('input#password').fill(password)
  await page.locator('.login-form-and-externals form input[type=submit]').click()
  await page.locator('.logged-in-more').first().waitFor()
}

function fail(at, error) {
  console.error(`peertube: ${at}: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
