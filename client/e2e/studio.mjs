// The author's and the administrator's half of the client, in a browser: two files by drag and drop with pause,
// resume and a reload in between, their details, captions and chapters, the table of videos, a channel, the settings,
// a user, the configuration; then every page on a desktop and a phone, light and dark, under axe. Ends with status 1 and
// the reason when a step fails or the browser complained about anything.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… VIDEO_FILE=video.mp4 OUT=shots node studio.mjs
import { mkdirSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { openPage, startBrowser } from './browser.mjs'
import { captions, drop, picture } from './files.mjs'
import { axe } from './axe.mjs'
import { beyond, shoot } from './looks.mjs'

const desktop = { viewport: { width: 1280, height: 860 } }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

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
let page
try {
  page = await openPage(browser, { ...desktop, baseURL: settings.base }, complaints)
  page.setDefaultTimeout(30_000)
  await run()
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

async function run() {
  await begin('log in', () => logIn(page, settings.user, settings.password))
  await begin('drop two files, pause one and resume it', uploadTwo)
  await begin('reload while one is under way, and go on with it', reload)
  await begin('publish both, with thumbnail, captions and chapters', publish)
  await begin('wait for the transcoding', waitForTranscoding)
  await begin('edit the details of one', edit)
  await begin('make a channel', makeChannel)
  await begin('change the settings', changeSettings)
  await begin('make a user, block and unblock it', manageUser)
  await begin('change the configuration, live', changeConfiguration)
  await begin('look at the jobs', lookAtJobs)
  await begin('look at every page', tour)
  await begin('delete both videos at once', deleteBoth)
  await begin('keep others out of the administration', keepOthersOut)
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

function card(file) {
  return page.locator('section.card', { hasText: file })
}

function stageOf(file) {
  return card(file).locator('[data-upload-stage]')
}

function stage(file, ...stages) {
  const any = stages.map((name) => `[data-upload-stage="${name}"]`).join(',')
  return stageOf(file).and(page.locator(any)).waitFor()
}

/** Parts of files take a moment each, so that there is time to stop in between. */
async function slowDown() {
  await page.route('**/api/v1/videos/upload-resumable?*', async (route) => {
    if (route.request().method() === 'PUT') await new Promise((done) => setTimeout(done, 1500))
    await route.continue().catch(() => undefined)
  })
}

async function uploadTwo() {
  await page.goto('/videos/publish')
  await page.getByText('Drop video files here').waitFor()
  await slowDown()
  const file = (name) => ({ name, type: 'video/mp4', path: settings.video })
  await drop(page, page.locator('.drop'), [file('harbour.mp4'), file('forest.mp4')])
  await stage('harbour.mp4', 'sending')
  await page.getByRole('button', { name: 'Pause harbour.mp4' }).click()
  await stage('harbour.mp4', 'paused')
  await page.waitForTimeout(2500)
  if ((await stageOf('harbour.mp4').getAttribute('data-upload-stage')) !== 'paused')
    throw new Error('a paused upload went on')
  await shoot(page, settings.out, 'publish-paused')
  await page.getByRole('button', { name: 'Resume harbour.mp4' }).click()
  await stage('harbour.mp4', 'sending', 'finishing', 'done')
}

async function reload() {
  for (const name of ['harbour.mp4', 'forest.mp4']) await stage(name, 'done')
  await leave('/videos/publish')
  await page.getByText('Drop video files here').waitFor()
  const file = (name) => ({ name, type: 'video/mp4', path: settings.video })
  await drop(page, page.locator('.drop'), [file('third.mp4')])
  await stage('third.mp4', 'sending')
  await card('third.mp4').getByLabel('Title', { exact: true }).fill('Words that stay')
  // The session is known as soon as the first part is on its way.
  await page.waitForFunction(() =>
    Object.keys(localStorage).some((key) => key.startsWith('vidilog_uploads_'))
  )
  await page.waitForTimeout(300)
  await leave()
  await page.getByRole('heading', { name: 'Unfinished uploads' }).waitFor()
  await shoot(page, settings.out, 'publish-unfinished')
  await drop(page, page.locator('.drop'), [file('third.mp4')])
  await stage('third.mp4', 'done')
  const title = await card('third.mp4').getByLabel('Title', { exact: true }).inputValue()
  if (title !== 'Words that stay') throw new Error(`the words were lost over the reload: “${title}”`)
  if (await page.getByRole('heading', { name: 'Unfinished uploads' }).count())
    throw new Error('the upload is still called unfinished')
}

/** Goes elsewhere, or loads the page again, although the page asks whether that is meant. */
async function leave(path) {
  const accept = (dialog) => void dialog.accept()
  page.on('dialog', accept)
  await (path ? page.goto(path) : page.reload())
  page.off('dialog', accept)
}

async function publish() {
  await page.unroute('**/api/v1/videos/upload-resumable?*')
  await leave('/videos/publish')
  const file = (name) => ({ name, type: 'video/mp4', path: settings.video })
  await drop(page, page.locator('.drop'), [file('one.mp4'), file('two.mp4')])
  const one = card('one.mp4')
  await one.getByLabel('Title', { exact: true }).fill(names.one)
  await one.getByLabel('Description', { exact: true }).fill('0:00 Begin\n0:02 Ships\n\nA **bold** walk.')
  await one.getByRole('button', { name: 'Preview' }).first().click()
  await one.locator('.preview strong', { hasText: 'bold' }).waitFor()
  await one.getByRole('button', { name: 'Write' }).first().click()
  await one.getByLabel('Tags', { exact: true }).fill('sea, walk')
  await one.getByLabel('Category', { exact: true }).selectOption({ label: 'Travels' })
  await one.getByRole('button', { name: 'Take 2 from the description' }).click()
  await one.getByLabel('Caption language').selectOption({ label: 'English' })
  await one.getByLabel('Caption file').setInputFiles(captions)
  await one.getByRole('button', { name: 'Remove the English captions' }).waitFor()
  await one.getByRole('button', { name: 'Take a frame' }).click()
  await one
    .locator('video')
    .evaluate((video) => new Promise((done) => (video.readyState > 1 ? done() : (video.onseeked = done))))
  await one.getByRole('button', { name: 'Use this frame' }).click()
  await one.getByAltText('The thumbnail you chose').waitFor()
  await shoot(page, settings.out, 'publish-details')
  await one.getByRole('button', { name: /^Publish/ }).click()
  const two = card('two.mp4')
  await two.getByRole('button', { name: 'Details' }).click()
  await two.getByLabel('Title', { exact: true }).fill('x')
  await two.getByRole('button', { name: /^Publish/ }).click()
  await two.getByText('A title has 3 to 120 characters').waitFor()
  await two.getByLabel('Title', { exact: true }).fill(names.two)
  await two.getByLabel('Who can watch').selectOption({ label: 'Unlisted' })
  await two.getByRole('button', { name: /^Publish/ }).click()
  for (const file of ['one.mp4', 'two.mp4'])
    await card(file).and(page.locator('[data-publication="saved"]')).waitFor({ timeout: 60_000 })
}

async function waitForTranscoding() {
  await shoot(page, settings.out, 'publish-saved')
  await page
    .locator('section.card', { hasText: names.one })
    .getByRole('link', { name: 'Watch it' })
    .waitFor({ timeout: settings.transcodingSeconds * 1000 })
  await page
    .locator('section.card', { hasText: names.two })
    .getByRole('link', { name: 'Watch it' })
    .waitFor({ timeout: settings.transcodingSeconds * 1000 })
}

async function edit() {
  await page.goto('/my-library/videos')
  await page.getByRole('link', { name: `Edit ${names.one}` }).click()
  const title = page.getByLabel('Title', { exact: true })
  await title.waitFor()
  const chapter = await page.getByLabel('Name of chapter 2').inputValue()
  if (chapter !== 'Ships') throw new Error(`the second chapter is “${chapter}”`)
  await page.getByRole('button', { name: 'Delete the English captions' }).waitFor()
  await page.getByLabel('Name of chapter 2').fill('Boats')
  await page.getByRole('button', { name: 'Delete the English captions' }).click()
  await page.getByLabel('Description', { exact: true }).fill('Other words')
  await page.getByLabel('Who can watch').selectOption({ label: 'Internal' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('Your changes are saved.').waitFor()
  await page.reload()
  await title.waitFor()
  const after = {
    chapter: await page.getByLabel('Name of chapter 2').inputValue(),
    description: await page.getByLabel('Description', { exact: true }).inputValue(),
    privacy: await page.getByLabel('Who can watch').inputValue(),
    captions: await page.getByRole('button', { name: /the English captions/ }).count()
  }
  const wanted = { chapter: 'Boats', description: 'Other words', privacy: '4', captions: 0 }
  if (JSON.stringify(after) !== JSON.stringify(wanted))
    throw new Error(`after saving: ${JSON.stringify(after)}`)
}

async function makeChannel() {
  await page.goto('/my-library/video-channels/create')
  await page.getByLabel('What it is called').fill(`Sea ${stamp}`)
  await page.getByLabel('Avatar file').setInputFiles(picture)
  await page.getByRole('button', { name: 'Create the channel' }).click()
  await page.getByRole('link', { name: `Edit Sea ${stamp}` }).click()
  await page.getByLabel('Description', { exact: true }).fill('About the sea')
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('About the sea').waitFor()
  await page.getByRole('button', { name: `Delete Sea ${stamp}` }).click()
  if (await page.getByRole('button', { name: 'Delete the channel' }).isEnabled())
    throw new Error('the channel can be deleted before its name is typed')
  await page.getByLabel(/^Type “/).fill(`sea_${stamp}`)
  await shoot(page, settings.out, 'channel-delete')
  await page.getByRole('button', { name: 'Delete the channel' }).click()
  await page.getByText(`The channel “Sea ${stamp}” is deleted.`).waitFor()
  if (await page.getByRole('link', { name: `Edit Sea ${stamp}` }).count())
    throw new Error('the deleted channel is still listed')
}

async function changeSettings() {
  await page.goto('/my-account/settings')
  await page.getByLabel('What you are called').fill('Root of the house')
  await page.getByRole('button', { name: 'Save profile' }).click()
  await page.getByRole('button', { name: 'Account of Root of the house' }).waitFor()
  await page.getByLabel('Videos with sensitive content').selectOption('blur')
  await page.getByRole('button', { name: 'Save settings' }).click()
  await page.getByText('Your settings are saved.').waitFor()
  await page.reload()
  await page.getByLabel('Videos with sensitive content').waitFor()
  const policy = await page.getByLabel('Videos with sensitive content').inputValue()
  if (policy !== 'blur') throw new Error(`the policy is ${policy}`)
  await page.getByLabel('Current password').fill('wrong-password')
  await page.getByLabel('New password', { exact: true }).fill('another-secret')
  await page.getByLabel('New password once more').fill('different')
  await page.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('The two are not the same.').waitFor()
}

async function manageUser() {
  await page.goto('/admin/overview/users/create')
  await page.getByLabel('User name').fill(names.user)
  await page.getByLabel('E-mail address').fill(`${names.user}@example.org`)
  await page.getByLabel('Password').fill('ada-secret')
  await page.getByLabel('Storage for videos').selectOption({ label: '5 GB' })
  await page.getByRole('button', { name: 'Create the user' }).click()
  await page.getByRole('link', { name: `Edit ${names.user}` }).waitFor()
  await page.getByRole('button', { name: `Block ${names.user}` }).click()
  await page.getByLabel('Reason').fill('Noise at night')
  await page.getByRole('button', { name: 'Block', exact: true }).click()
  await page.getByText('Noise at night').waitFor()
  await shoot(page, settings.out, 'user-blocked')
  await page.getByRole('button', { name: `Unblock ${names.user}` }).click()
  await page.getByRole('button', { name: `Block ${names.user}` }).waitFor()
  await page.getByRole('link', { name: `Edit ${names.user}` }).click()
  await page.getByLabel('Upload per day').selectOption({ label: '1 GB' })
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByRole('link', { name: `Edit ${names.user}` }).click()
  const daily = await page.getByLabel('Upload per day').inputValue()
  if (daily !== String(1024 ** 3)) throw new Error(`the daily quota is ${daily}`)
}

async function changeConfiguration() {
  await page.goto('/admin/settings/config/information')
  await page.getByLabel('Name', { exact: true }).fill(names.instance)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The configuration is saved.').waitFor()
  await page.locator('header .name', { hasText: names.instance }).waitFor()
  await page.goto('/admin/settings/config/users')
  await page.getByLabel('Visitors can create an account').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The configuration is saved.').waitFor()
  const signup = await page.evaluate(
    async () => (await (await fetch('/api/v1/config')).json()).signup.allowed
  )
  if (signup !== true) throw new Error('the sign-up is still closed')
}

async function lookAtJobs() {
  await page.goto('/admin/system/jobs')
  await page.getByLabel('Type').selectOption('video-transcoding')
  await page.locator('td strong', { hasText: 'video-transcoding' }).first().waitFor()
  await page.getByLabel('State', { exact: true }).selectOption('completed')
  await page.locator('td .badge', { hasText: 'completed' }).first().waitFor()
  await page.getByRole('button', { name: 'Pause jobs' }).click()
  await page.getByText('No further job begins now.').waitFor()
  await page.getByRole('button', { name: 'Resume jobs' }).click()
  await page.getByText('Jobs go on.').waitFor()
}

async function tour() {
  const session = await page.context().storageState()
  const edit = await page.evaluate(async () => {
    const token = localStorage.getItem('access_token')
    const answer = await fetch('/api/v1/users/me/videos', { headers: { Authorization: `Bearer ${token}` } })
    return (await answer.json()).data[0].shortUUID
  })
  const pages = {
    publish: '/videos/publish',
    update: `/videos/update/${edit}`,
    'my-videos': '/my-library/videos',
    channels: '/my-library/video-channels',
    'channel-new': '/my-library/video-channels/create',
    history: '/my-library/history/videos',
    settings: '/my-account/settings',
    users: '/admin/overview/users',
    'user-new': '/admin/overview/users/create',
    videos: '/admin/overview/videos',
    'config-information': '/admin/settings/config/information',
    'config-general': '/admin/settings/config/general',
    'config-users': '/admin/settings/config/users',
    'config-vod': '/admin/settings/config/vod',
    'config-advanced': '/admin/settings/config/advanced',
    jobs: '/admin/system/jobs',
    logs: '/admin/system/logs',
    debug: '/admin/system/debug'
  }
  const faults = []
  for (const [device, screen] of Object.entries({ desktop, phone })) {
    for (const colorScheme of ['light', 'dark']) {
      const options = { ...screen, colorScheme, baseURL: settings.base }
      const own = await openPage(browser, { ...options, storageState: session }, complaints)
      for (const [name, path] of Object.entries(pages))
        faults.push(...(await look(own, path, `${name}-${device}-${colorScheme}`)))
      await own.context().close()
      const visitor = await openPage(browser, options, complaints)
      faults.push(...(await look(visitor, '/signup', `signup-${device}-${colorScheme}`)))
      await visitor.context().close()
    }
  }
  if (faults.length > 0) throw new Error(`pages have faults:\n  ${faults.join('\n  ')}`)
}

async function look(at, path, name) {
  await at.goto(path)
  await at.getByRole('heading', { level: 1 }).waitFor()
  await at.waitForLoadState('networkidle').catch(() => undefined)
  await shoot(at, settings.out, name)
  const wide = await beyond(at)
  const faults = await axe(at, name).then(
    () => [],
    (error) => [error.message]
  )
  return wide > 0 ? [...faults, `${name} is ${wide} pixels wider than the screen`] : faults
}

async function deleteBoth() {
  await page.goto('/my-library/videos')
  for (const name of [names.one, names.two]) await page.getByLabel(`Choose ${name}`, { exact: true }).check()
  await page.getByLabel('Change the privacy of the chosen videos').selectOption({ label: 'Private' })
  await page.getByText('2 videos changed.').waitFor()
  await shoot(page, settings.out, 'my-videos-chosen')
  await page.getByRole('button', { name: 'Delete', exact: true }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
  await page.getByText('2 videos are deleted.').waitFor()
  for (const name of [names.one, names.two])
    await page.getByRole('link', { name: `Edit ${name}` }).waitFor({ state: 'detached' })
}

async function keepOthersOut() {
  const own = await openPage(browser, { ...desktop, baseURL: settings.base }, complaints)
  await logIn(own, names.user, 'ada-secret')
  await own.getByRole('button', { name: /^Account of / }).click()
  await own.getByRole('link', { name: 'Settings' }).waitFor()
  if (await own.getByRole('link', { name: 'Administration' }).count())
    throw new Error('a user is offered the administration')
  await own.goto('/admin/overview/users')
  await own.getByText('This page is not for you').waitFor()
  await own.context().close()
}

function readSettings() {
  const {
    BASE_URL,
    ROOT_PASSWORD,
    VIDEO_FILE,
    OUT,
    USER_NAME = 'root',
    TRANSCODING_SECONDS = '300'
  } = process.env
  for (const [name, value] of Object.entries({ BASE_URL, ROOT_PASSWORD, VIDEO_FILE, OUT }))
    if (!value) fail(new Error(`${name} is not set`))
  if (!statSync(VIDEO_FILE, { throwIfNoEntry: false })?.isFile())
    fail(new Error(`there is no file ${VIDEO_FILE}`))
  mkdirSync(OUT, { recursive: true })
  return {
    base: BASE_URL,
    user: USER_NAME,
    password: ROOT_PASSWORD,
    video: resolve(VIDEO_FILE),
    out: resolve(OUT),
    transcodingSeconds: Number(TRANSCODING_SECONDS)
  }
}

function fail(error) {
  console.error(`studio: ${step}: ${error instanceof Error ? error.message : error}`)
  process.exit(1)
}
