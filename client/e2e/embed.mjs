// The player in a frame of another site's page, driven by PeerTube's own package for that: @peertube/embed-api.
//
//   BASE_URL=http://127.0.0.1:9000 VIDEO=<id> OUT=shots node embed.mjs
//
// Ends with status 1 and the reason when a call does not have its effect. The video needs two qualities at least and ten
// seconds; captions are tried when it has some.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openPage, screens, startBrowser } from './browser.mjs'
import { axe } from './axe.mjs'

const { BASE_URL: base, VIDEO: video, OUT: out } = process.env
if (!base || !video || !out) fail(new Error('set BASE_URL, VIDEO and OUT'))

const library = readFileSync(
  fileURLToPath(new URL('node_modules/@peertube/embed-api/build/player.min.js', import.meta.url))
)
const complaints = []
let step = 'start'

/** Another site: another port is another origin. */
const site = createServer((request, response) => {
  const isLibrary = request.url === '/player.min.js'
  response.setHeader('Content-Type', isLibrary ? 'text/javascript' : 'text/html')
  response.end(
    isLibrary
      ? library
      : `<!doctype html><html lang="en"><title>Elsewhere</title><body><script src="/player.min.js"></script>`
  )
})
await new Promise((resolve) => site.listen(0, '127.0.0.1', resolve))
const browser = await startBrowser().catch(fail)
try {
  const page = await openPage(browser, { ...screens.desktop, colorScheme: 'light' }, complaints)
  page.setDefaultTimeout(20_000)
  await page.goto(`http://127.0.0.1:${site.address().port}/`)
  await drive(page)
  await parameters(page)
  if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`)
} catch (error) {
  fail(error)
} finally {
  await browser.close()
  site.close()
}
console.log('embed: all steps passed')

async function drive(page) {
  await begin('ready', async () => {
    await frame(page, '?api=1&warningTitle=0')
    await page.evaluate(() => {
      window.heard = []
      window.player = new window.PeerTubePlayer(document.querySelector('iframe'))
      for (const name of ['playbackStatusUpdate', 'playbackStatusChange', 'resolutionUpdate', 'volumeChange'])
        window.player.addEventListener(name, (value) => window.heard.push([name, value]))
      return window.player.ready
    })
  })
  const call = (name, ...params) =>
    page.evaluate(([name, params]) => window.player[name](...params), [name, params])
  const until = (name, expected, what) =>
    page
      .waitForFunction(
        async ([name, source]) => new Function('value', `return ${source}`)(await window.player[name]()),
        [name, expected],
        { polling: 200 }
      )
      .catch(async () => {
        throw new Error(`${what}: ${name} answers ${JSON.stringify(await call(name))}`)
      })

  await begin('play', async () => {
    await call('play')
    await until('getCurrentTime', 'value > 1', 'the picture does not move')
    await until('isPlaying', 'value === true', 'it does not play')
  })
  await begin('pause', async () => {
    await call('pause')
    await until('isPlaying', 'value === false', 'it does not rest')
  })
  await begin('seek', async () => {
    await call('seek', 7)
    await until('getCurrentTime', 'Math.abs(value - 7) < 0.5', 'it is elsewhere')
  })
  await begin('volume', async () => {
    await call('setVolume', 0.25)
    await until('getVolume', 'value === 0.25', 'the volume is another')
  })
  await begin('rate', async () => {
    const rates = await call('getPlaybackRates')
    if (!rates.includes(2)) throw new Error(`no rate 2 in ${rates}`)
    await call('setPlaybackRate', 2)
    await until('getPlaybackRate', 'value === 2', 'the rate is another')
  })
  await begin('resolution', async () => {
    const all = await call('getResolutions')
    const lowest = all.filter(({ height }) => height > 0).sort((a, b) => a.height - b.height)[0]
    if (!all.some(({ id }) => id === -1) || !lowest) throw new Error(`resolutions: ${JSON.stringify(all)}`)
    await call('setResolution', lowest.id)
    await until('getResolutions', `value.find(({ id }) => id === ${lowest.id}).active`, 'it was not chosen')
    await call('play')
    await page
      .frameLocator('iframe')
      .locator('video')
      .evaluate(
        (element, height) =>
          new Promise((resolve, reject) => {
            const timer = setInterval(
              () => element.videoHeight === height && resolve(clearInterval(timer)),
              100
            )
            setTimeout(() => reject(new Error(`the picture is ${element.videoHeight} high`)), 15_000)
          }),
        lowest.height
      )
  })
  await begin('captions', async () => {
    const all = await call('getCaptions')
    if (all.length === 0) return console.log('embed: this video has no captions')
    await call('setCaption', all[0].id)
    await until('getCaptions', 'value[0].mode === "showing"', 'they are not shown')
  })
  await begin('picture', async () => {
    const url = await call('getImageDataUrl')
    if (!url.startsWith('data:image/jpeg')) throw new Error(url.slice(0, 40))
  })
  await begin('events', async () => {
    const heard = await page.evaluate(() => window.heard)
    const names = new Set(heard.map(([name]) => name))
    for (const name of ['playbackStatusUpdate', 'playbackStatusChange', 'resolutionUpdate', 'volumeChange'])
      if (!names.has(name)) throw new Error(`${name} was not told: ${[...names]}`)
    const update = heard.findLast(([name]) => name === 'playbackStatusUpdate')[1]
    if (!(update.position > 1 && update.duration > 9 && update.playbackState === 'playing'))
      throw new Error(JSON.stringify(update))
  })
  await page.screenshot({ path: join(out, 'embed-driven.png') })
}

/** What the address says shows. */
async function parameters(page) {
  const inner = page.frameLocator('iframe')
  await begin('title and colours', async () => {
    await frame(page, '?bigPlayBackgroundColor=rgb(200,0,100)&foregroundColor=rgb(255,255,0)')
    await inner.locator('.dock-title').waitFor()
    const colours = await inner
      .locator('.vjs-big-play-button')
      .evaluate((element) => [getComputedStyle(element).backgroundColor, getComputedStyle(element).color])
    if (String(colours) !== 'rgb(200, 0, 100),rgb(255, 255, 0)') throw new Error(String(colours))
    await axe(page, 'embed')
    await page.screenshot({ path: join(out, 'embed-colours.png') })
  })
  await begin('neither title nor controls', async () => {
    await frame(page, '?title=0&controls=0')
    await inner.locator('.video-js').waitFor()
    if (await inner.locator('.dock-title').count()) throw new Error('there is a title')
    if (await inner.locator('.vjs-control-bar').isVisible()) throw new Error('there are controls')
  })
  await begin('start, stop, autoplay, muted', async () => {
    await frame(page, '?start=3s&stop=5&autoplay=1&muted=1')
    const played = await inner.locator('video').evaluate(
      (element) =>
        new Promise((resolve) => {
          let first = null
          element.addEventListener('timeupdate', () => (first ??= element.currentTime || null))
          element.addEventListener('pause', () => resolve([first, element.currentTime, element.muted]))
          setTimeout(() => resolve([first, element.currentTime, element.muted, 'never paused']), 15_000)
        })
    )
    const [first, last, muted] = played
    if (!(first >= 3 && last >= 5 && last < 6 && muted)) throw new Error(JSON.stringify(played))
  })
  await begin('a video that is not there', async () => {
    await frame(page, '', 'no-such-video')
    await inner.getByText('There is no such video.').waitFor()
    complaints.length = 0 // the browser says that the answer was 404 or 400
  })
}

async function frame(page, query, id = video) {
  await page.evaluate((address) => {
    document.querySelector('iframe')?.remove()
    const frame = document.createElement('iframe')
    Object.assign(frame, {
      src: address,
      width: 854,
      height: 480,
      title: 'Player',
      allow: 'autoplay; fullscreen'
    })
    document.body.append(frame)
    return new Promise((resolve) => frame.addEventListener('load', resolve))
  }, `${base}/videos/embed/${id}${query}`)
}

async function begin(name, work) {
  step = name
  await work()
  console.log(`embed: ${name}: done`)
}

function fail(error) {
  console.error(`embed: failed at "${step}": ${error.message}`)
  if (complaints.length > 0) console.error(`embed: the browser had complained:\n  ${complaints.join('\n  ')}`)
  process.exit(1)
}
