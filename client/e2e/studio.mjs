// The author's and the administrator's half of the client, in a browser: two files by drag and drop with pause,
// resume and a reload in between, their details, captions and chapters, another file in the place of one, the table of
// videos, a channel, the settings, a user, the configuration; then every page on a desktop and a phone, light and dark,
// under axe. Ends with status 1 and the reason when a step fails or the browser complained about anything.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… VIDEO_FILE=video.mp4 REPLACEMENT_FILE=other.mp4 OUT=shots node studio.mjs
import { mkdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openPage, startBrowser } from './browser.mjs'
import { changeSettings, makeChannel } from './studio/account.mjs'
import { changeConfiguration, keepOthersOut, lookAtJobs, manageUser } from './studio/administration.mjs'
import { desktop, tour } from './studio/tour.mjs'
import {
  deleteBoth,
  edit,
  publish,
  reload,
  replaceFile,
  uploadTwo,
  waitForTranscoding
} from './studio/videos.mjs'

const complaints = []
const stamp = new Date().toISOString().slice(11, 19).replaceAll(':', '')
const names = {
  one: `Harbour ${stamp}`,
  two: `Forest ${stamp}`,
  user: `ada${stamp}`,
  instance: `House of ${stamp}`
}
let step = 'read the settings'
const settings = readSettings()

step = 'start the browser'
const browser = await startBrowser().catch(fail)
const open = (options = desktop) => openPage(browser, { ...options, baseURL: settings.base }, complaints)
let page
try {
  page = await open()
  page.setDefaultTimeout(30_000)
  await run({ page, open, logIn, settings, names, stamp })
  step = 'listen to the console'
  if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`)
} catch (error) {
  await page
    ?.screenshot({ path: resolve(settings.out, 'failure.png'), fullPage: true })
    .catch(() => undefined)
  fail(error)
} finally {
  await browser.close()
}
console.log(`studio: all steps passed, screenshots in ${settings.out}`)

/** Every step gets what is in use: the page, the settings, the names of what is made. */
async function run(studio) {
  await begin('log in', () => logIn(page, settings.user, settings.password))
  for (const [name, work] of [
    ['drop two files, pause one and resume it', uploadTwo],
    ['reload while one is under way, and go on with it', reload],
    ['publish both, with thumbnail, captions and chapters', publish],
    ['wait for the transcoding', waitForTranscoding],
    ['edit the details of one', edit],
    ['make a channel', makeChannel],
    ['change the settings', changeSettings],
    ['make a user, block and unblock it', manageUser],
    ['change the configuration, live', changeConfiguration],
    ['replace the file of one', replaceFile],
    ['look at the jobs', lookAtJobs],
    ['look at every page', tour],
    ['delete both videos at once', deleteBoth],
    ['keep others out of the administration', keepOthersOut]
  ])
    await begin(name, () => work(studio))
}

async function begin(name, work) {
  step = name
  const started = Date.now()
  await work()
  console.log(`studio: ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

async function logIn(at, user, password) {
  await at.goto('/login')
  await at.getByLabel('User name or e-mail address').fill(user)
  await at.getByLabel('Password').fill(password)
  await at.getByRole('button', { name: 'Log in' }).click()
  await at.getByRole('button', { name: /^Account of / }).waitFor()
}

function readSettings() {
  const {
    BASE_URL,
    ROOT_PASSWORD,
    VIDEO_FILE,
    REPLACEMENT_FILE,
    OUT,
    USER_NAME = 'root',
    TRANSCODING_SECONDS = '300'
  } = process.env
  for (const [name, value] of Object.entries({ BASE_URL, ROOT_PASSWORD, VIDEO_FILE, REPLACEMENT_FILE, OUT }))
    if (!value) fail(new Error(`${name} is not set`))
  for (const path of [VIDEO_FILE, REPLACEMENT_FILE])
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) fail(new Error(`there is no file ${path}`))
  mkdirSync(OUT, { recursive: true })
  return {
    base: BASE_URL,
    user: USER_NAME,
    password: ROOT_PASSWORD,
    video: resolve(VIDEO_FILE),
    replacement: resolve(REPLACEMENT_FILE),
    out: resolve(OUT),
    transcodingSeconds: Number(TRANSCODING_SECONDS)
  }
}

function fail(error) {
  console.error(`studio: ${step}: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
