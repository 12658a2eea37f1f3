// The watch page and the embed of PeerTube's client.

/** Plays, changes the quality, likes, shares and downloads. */
export async function watch(page, video) {
  await page.goto(`/w/${video.shortUUID}`)
  await page.getByRole('heading', { name: video.name }).filter({ visible: true }).first().waitFor()
  await playsFor(page.locator('video').first(), 5)
  await changeQuality(page)
  await like(page)
  await share(page)
  await download(page)
}

/** Waits until so many seconds of a video were played. */
async function playsFor(video, seconds) {
  await video.evaluate((element) => element.play())
  await video.evaluate(
    (element, end) =>
      new Promise((done, refuse) => {
        const watch = setInterval(() => {
          if (element.currentTime >= end) done(clearInterval(watch))
        }, 100)
        setTimeout(() => refuse(new Error(`it stands at ${element.currentTime} s`)), 60_000)
      }),
    seconds
  )
}

async function changeQuality(page) {
  const video = page.locator('video').first()
  await video.evaluate((element) => {
    element.loop = true
  })
  await page.locator('.video-js').hover()
  await page.locator('button.vjs-settings, .vjs-settings button').first().click()
  await page.locator('.vjs-settings-sub-menu-title', { hasText: 'Quality' }).click()
  const lower = page.locator('.vjs-menu-item', { hasText: '240p' }).first()
  await lower.click()
  await page.waitForFunction(() => document.querySelector('video').videoHeight === 240, undefined, {
    timeout: 30_000
  })
}

async function like(page) {
  const button = page.locator('.action-button-like')
  await button.click()
  await page.locator('.action-button-like.activated').waitFor()
  await button.locator('.count', { hasText: '1' }).waitFor()
}

async function share(page) {
  await page.getByRole('button', { name: 'Open the modal to share this video' }).click()
  const modal = page.locator('.modal-content')
  await modal.locator('input').first().waitFor()
  for (const tab of ['QR-Code', 'Embed', 'URL']) await modal.getByRole('tab', { name: tab }).click()
  await page.waitForLoadState('networkidle')
  await modal.locator('.modal-header button').click()
  await modal.waitFor({ state: 'detached' })
}

async function download(page) {
  await page.locator('my-video-actions-dropdown .action-button').click()
  await page.locator('.dropdown-item', { hasText: 'Download' }).click()
  const modal = page.locator('.modal-content')
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    modal.locator('input[type=submit]').first().click()
  ])
  const failure = await file.failure()
  if (failure) throw new Error(`the download failed: ${failure}`)
}

/** Plays the video in the page that other sites show. */
export async function embed(page, video) {
  await page.goto(`/videos/embed/${video.uuid}`)
  await page.locator('.vjs-big-play-button').click()
  await playsFor(page.locator('video').first(), 2)
}
