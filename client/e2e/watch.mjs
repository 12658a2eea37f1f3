// The watch page and the pages around it: what a viewer can do, and whether everybody can.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… VIDEO=<id> LOCKED=<id> OUT=shots node watch.mjs
//
// VIDEO is public, has two chapters at least, the second at 4 s, and captions in English; LOCKED has the password "sesame".
// Ends with status 1 and the reason when a step fails or the browser complained about anything.
import { join } from 'node:path'
import { axe } from './axe.mjs'
import { openPage, screens, startBrowser } from './browser.mjs'

const { BASE_URL: base, ROOT_PASSWORD: password, VIDEO: id, LOCKED: locked, OUT: out } = process.env
const complaints = []
let step = 'start'
if (!base || !password || !id || !locked || !out)
  fail(new Error('set BASE_URL, ROOT_PASSWORD, VIDEO, LOCKED and OUT'))

const browser = await startBrowser().catch(fail)
try {
  const page = await open(screens.desktop, 'light')
  await viewer(page)
  await lockedVideo(page)
  await missingVideo(page)
  await member(page)
  await everywhere()
  step = 'listen to the console'
  if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`)
} catch (error) {
  await browser
    .contexts()
    .at(-1)
    ?.pages()
    .at(-1)
    ?.screenshot({ path: join(out, 'watch-failure.png') })
    .catch(() => undefined)
  fail(error)
} finally {
  await browser.close()
}
console.log(`watch: all steps passed, screenshots in ${out}`)

async function open(screen, colorScheme) {
  const page = await openPage(browser, { ...screen, colorScheme, baseURL: base }, complaints)
  page.setDefaultTimeout(15_000)
  return page
}

async function viewer(page) {
  await begin('play at once', async () => {
    await page.goto(`/w/${id}`)
    await playing(page, 0.5)
  })
  await begin('chapters', async () => {
    const marks = await page.locator('.vidilog-chapter-mark').count()
    if (marks < 1) throw new Error('the progress bar has no marks')
    const list = page.getByRole('region', { name: 'Chapters' })
    const second = list.getByRole('link').nth(1)
    const title = (await second.locator('span').last().innerText()).trim()
    await second.click()
    await page.waitForFunction(() => document.querySelector('video').currentTime >= 4)
    // Both follow the player, each in its own time.
    await list.locator('[aria-current] span', { hasText: title }).waitFor()
    await page
      .waitForFunction((text) => document.querySelector('.vidilog-chapter-title').textContent === text, title)
      .catch(() => {
        throw new Error(`the bar does not say “${title}”, as the list does`)
      })
  })
  await begin('preview', async () => {
    await awaken(page)
    const box = await page.locator('.vjs-progress-holder').boundingBox()
    await page.mouse.move(box.x + box.width * 0.1, box.y + box.height / 2)
    const time = page.locator('.vidilog-preview-time')
    await time.waitFor()
    if (!/^0:0\d$/.test(await time.innerText())) throw new Error(`it says ${await time.innerText()}`)
    const picture = page.locator('.vidilog-preview-picture')
    await picture.waitFor()
    const sprite = await picture.evaluate(
      ({ style }) =>
        new Promise((resolve) => {
          const image = new Image()
          image.onload = () => resolve(image.naturalWidth)
          image.onerror = () => resolve(0)
          image.src = style.backgroundImage.slice(5, -2)
        })
    )
    if (!(sprite > 0)) throw new Error('there is no picture of the storyboard')
  })
  await begin('keys', async () => {
    const state = () =>
      page.evaluate(() => {
        const { paused, muted, currentTime } = document.querySelector('video')
        return { paused, muted, second: Math.round(currentTime) }
      })
    await page.locator('.video-js').press('k')
    await page.waitForFunction(() => document.querySelector('video').paused)
    await page.locator('.video-js').press('m')
    await page.locator('.video-js').press('5')
    const { muted, second } = await state()
    if (!muted || second !== 8) throw new Error(JSON.stringify(await state()))
    await page.locator('.video-js').press('ArrowLeft')
    if ((await state()).second !== 3) throw new Error(JSON.stringify(await state()))
    await page.locator('.video-js').press('m')
    await page.locator('.video-js').press('k')
    await page.waitForFunction(() => !document.querySelector('video').paused)
  })
  await begin('picture in picture', async () => {
    await awaken(page)
    await page.locator('.vjs-picture-in-picture-control').click()
    await page.waitForFunction(() => document.pictureInPictureElement !== null)
    await page.locator('.vjs-picture-in-picture-control').click()
    await page.waitForFunction(() => document.pictureInPictureElement === null)
  })
  await begin('captions', async () => {
    await awaken(page)
    await page.locator('.vjs-subs-caps-button > button').click()
    await page.locator('.vjs-subs-caps-button .vjs-menu-item', { hasText: 'English' }).click()
    await page.evaluate(() => (document.querySelector('video').currentTime = 0.5))
    await page.locator('.vjs-text-track-display', { hasText: /\w/ }).waitFor()
    await stored(page, 'peertube-videojs-last-subtitle', 'en')
  })
  await begin('speed', async () => {
    await page.locator('body').click({ position: { x: 5, y: 400 } })
    await page.locator('.video-js').press('>')
    const rate = await page.evaluate(() => document.querySelector('video').playbackRate)
    if (rate !== 1.25) throw new Error(`the rate is ${rate}`)
  })
  await begin('theatre mode', async () => {
    const width = () => page.locator('.video-js').evaluate((element) => element.clientWidth)
    const before = await width()
    await page.locator('.video-js').press('t')
    await page.waitForFunction((before) => document.querySelector('.video-js').clientWidth > before, before)
    await stored(page, 'peertube-videojs-theater-enabled', 'true')
    await page.screenshot({ path: join(out, 'watch-theatre.png') })
    await page.locator('.video-js').press('t')
  })
  await begin('help', async () => {
    await page.locator('.video-js').press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await axe(page, 'the help')
    await page.getByRole('button', { name: 'Close' }).click()
  })
  await begin('share', async () => {
    await page.getByRole('button', { name: 'Share' }).click()
    const dialog = page.getByRole('dialog', { name: 'Share' })
    await dialog.getByLabel('Start at', { exact: true }).check()
    await dialog.getByLabel('Start time').fill('0:05')
    const link = await dialog.getByLabel('Link to this video').inputValue()
    if (!link.endsWith(`/w/${id}?start=5s`)) throw new Error(link)
    await dialog.getByRole('button', { name: 'Embed' }).click()
    const code = await dialog.getByLabel('Code for your page').inputValue()
    if (!/<iframe .*\/videos\/embed\/[0-9a-f-]{36}\?start=5s"/.test(code)) throw new Error(code)
    await dialog.getByRole('button', { name: 'QR code' }).click()
    await dialog.getByRole('img', { name: 'QR code of' }).waitFor()
    await axe(page, 'the share dialog')
    await page.screenshot({ path: join(out, 'watch-share.png') })
    await dialog.getByRole('button', { name: 'Close' }).click()
  })
  await begin('download', async () => {
    await page.getByRole('button', { name: 'Download' }).click()
    const dialog = page.getByRole('dialog', { name: 'Download' })
    await axe(page, 'the download dialog')
    await page.screenshot({ path: join(out, 'watch-download.png') })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      dialog.getByRole('link', { name: 'Download' }).click()
    ])
    const problem = await download.failure()
    if (problem) throw new Error(problem)
    if (!/\.mp4$/.test(download.suggestedFilename())) throw new Error(download.suggestedFilename())
  })
  await begin('go on where one left', async () => {
    await page.evaluate(() => {
      const video = document.querySelector('video')
      video.currentTime = 6
      return video.play()
    })
    await playing(page, 6.5)
    await page.goto('/')
    await page.getByRole('link', { name: 'Seen' }).first().waitFor()
    await page.goto(`/w/${id}`)
    await playing(page, 6)
    await page.goto(`/w/${id}?start=2s`)
    await playing(page, 2)
    const time = await page.evaluate(() => document.querySelector('video').currentTime)
    if (time > 5.5) throw new Error(`an address with a time begins at ${time}`)
  })
  await begin('what comes next', async () => {
    await page.getByLabel('Autoplay').check()
    await stored(page, 'auto_play_next_video', 'true')
    await page.evaluate(() => {
      const video = document.querySelector('video')
      video.currentTime = video.duration - 0.3
      return video.play()
    })
    const card = page.getByRole('dialog', { name: 'Up next' })
    await card.waitFor()
    await page.screenshot({ path: join(out, 'watch-up-next.png') })
    await card.getByRole('button', { name: 'Play now' }).click()
    await page.waitForURL((url) => !url.pathname.endsWith(id))
    await playing(page, 0.2)
  })
}

async function lockedVideo(page) {
  await begin('a password', async () => {
    await page.goto(`/w/${locked}`)
    const field = page.getByLabel('Password of the video')
    await field.fill('wrong')
    await page.getByRole('button', { name: 'Watch' }).click()
    await page.getByText('This is not the password.').waitFor()
    await axe(page, 'the password form')
    await page.screenshot({ path: join(out, 'watch-password.png') })
    await field.fill('sesame')
    await page.getByRole('button', { name: 'Watch' }).click()
    await playing(page, 0.2)
    forgive(/40[13]/)
  })
}

async function missingVideo(page) {
  await begin('a video that is not there', async () => {
    const answer = await page.goto('/w/7fpGSLtDyWkDpjDXuZVqXG')
    if (answer.status() !== 404) throw new Error(`status ${answer.status()}`)
    await page.getByRole('heading', { name: 'There is no such video' }).waitFor()
    forgive(/40[04]/)
  })
}

/** The browser says of every refused request that it was; those a step provokes are no complaint. */
function forgive(pattern) {
  for (let i = complaints.length - 1; i >= 0; i--) if (pattern.test(complaints[i])) complaints.splice(i, 1)
}

async function member(page) {
  await begin('rate', async () => {
    await page.goto(`/login?next=/w/${id}`)
    await page.getByLabel('User name or e-mail address').fill('root')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Log in' }).click()
    const like = page.getByRole('button', { name: /^Like/ })
    await like.click()
    await page.waitForTimeout(500)
    await page.reload()
    await page.locator('button[aria-pressed="true"][title="Like"]').waitFor()
    await like.click()
    await page.locator('button[aria-pressed="false"][title="Like"]').waitFor()
  })
}

/** Every page a visitor can reach, on both screens and in both schemes. */
async function everywhere() {
  for (const [device, screen] of Object.entries(screens)) {
    for (const scheme of ['light', 'dark']) {
      const page = await open(screen, scheme)
      for (const [name, path, landmark] of [
        ['home', '/', 'Seen'],
        ['browse', '/videos/browse?sort=-likes', 'Seen'],
        ['search', '/search?search=seen', 'Seen'],
        ['watch', `/w/${id}`, 'Share'],
        ['channel', '/c/root_channel/videos', 'Seen'],
        ['channel-about', '/c/root_channel/about', 'About'],
        ['account', '/a/root/video-channels', 'Channels'],
        ['login', '/login', 'Log in']
      ]) {
        await begin(`${name} on a ${device}, ${scheme}`, async () => {
          await page.goto(path)
          await page.locator('main').getByText(landmark).first().waitFor()
          await page.waitForTimeout(300)
          await axe(page, name)
          const beyond = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth
          )
          if (beyond > 0) throw new Error(`it is ${beyond} pixels wider than the screen`)
          await page.screenshot({ path: join(out, `${name}-${device}-${scheme}.png`) })
        })
      }
      await page.context().close()
    }
  }
}

/** Until the picture has come to `seconds` at least. */
async function playing(page, seconds) {
  await page
    .waitForFunction((at) => (document.querySelector('video')?.currentTime ?? 0) >= at, seconds)
    .catch(async () => {
      const time = await page.evaluate(() => document.querySelector('video')?.currentTime)
      throw new Error(`the picture stands at ${time}, not beyond ${seconds}`)
    })
}

/** The controls hide while the mouse rests. */
async function awaken(page) {
  const box = await page.locator('.video-js').boundingBox()
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.move(box.x + box.width / 2 + 9, box.y + box.height / 2 + 9)
}

async function stored(page, key, value) {
  await page
    .waitForFunction(([key, value]) => localStorage.getItem(key) === value, [key, value])
    .catch(async () => {
      throw new Error(`${key} is ${await page.evaluate((key) => localStorage.getItem(key), key)}`)
    })
}

async function begin(name, work) {
  step = name
  const started = Date.now()
  await work()
  console.log(`watch: ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

function fail(error) {
  console.error(`watch: failed at "${step}": ${error.message}`)
  if (complaints.length > 0) console.error(`watch: the browser had complained:\n  ${complaints.join('\n  ')}`)
  process.exit(1)
}
