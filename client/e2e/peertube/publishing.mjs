// Upload through the resumable uploader of PeerTube's client, and its form for details.
import { captions } from '../files.mjs'

const name = `Harbour ${new Date().toISOString().slice(11, 19)}`

/** Uploads a film and publishes it. Answers its name, uuid and short uuid. */
export async function publish(page, film) {
  await page.goto('/videos/upload')
  await page.locator('#videofile').setInputFiles(film)
  await page.locator('.progress-bar', { hasText: '100%' }).waitFor({ timeout: 120_000 })
  await page.locator('input#name').fill(name)
  await page.getByText('Congratulations! Your video is now available in your private library.').waitFor()
  await page.locator('.submit-container button', { hasText: 'Publish' }).click()
  await page.waitForURL(/\/w\//)
  const shortUUID = new URL(page.url()).pathname.split('/').pop()
  const { uuid } = await ask(page, `/api/v1/videos/${shortUUID}`)
  return { name, shortUUID, uuid }
}

/** Answers what the API says to whoever is logged in. */
function ask(page, path) {
  return page.evaluate(async (address) => {
    const token = localStorage.getItem('access_token')
    const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } })
    return answer.json()
  }, path)
}

export async function waitUntilTranscoded(page, video) {
  const done = async () => {
    const { state, streamingPlaylists } = await ask(page, `/api/v1/videos/${video.uuid}`)
    return state.id === 1 && streamingPlaylists[0]?.files.length > 1
  }
  for (const end = Date.now() + 300_000; !(await done()); await page.waitForTimeout(500))
    if (Date.now() > end) throw new Error('the video is not transcoded after 5 minutes')
}

/** Changes title, description and language, adds a caption and two chapters, and looks at what is kept. */
export async function edit(page, video) {
  await page.goto(`/videos/update/${video.shortUUID}`)
  await page.locator('textarea#description').fill('The harbour in the morning.')
  await addCaption(page)
  await addChapters(page)
  await page.locator('.submit-container button', { hasText: 'Update' }).click()
  await page.waitForURL(/\/w\//)
  const { data } = await ask(page, `/api/v1/videos/${video.uuid}/captions`)
  if (data.length !== 1) throw new Error(`the video has ${data.length} captions`)
  const { chapters } = await ask(page, `/api/v1/videos/${video.uuid}/chapters`)
  const titles = chapters.map(({ title }) => title).join()
  if (titles !== 'Begin,Ships') throw new Error(`the chapters are ${titles}`)
}

async function addCaption(page) {
  await page.getByRole('tab', { name: 'Captions' }).click()
  await page.getByRole('button', { name: 'Add a caption' }).click()
  const modal = page.locator('.modal-content')
  await modal.locator('ng-select').click()
  await page.locator('.ng-option', { hasText: 'English' }).first().click()
  await modal.locator('input[type=file]').setInputFiles(captions)
  await modal.locator('input[type=submit]').click()
  await page.getByText('Will be created on update').waitFor()
}

async function addChapters(page) {
  await page.getByRole('tab', { name: 'Chapters' }).click()
  for (const [index, title] of ['Begin', 'Ships'].entries()) {
    const timecode = page.locator(`[id="timecode[${index}]"]`)
    await timecode.click()
    await timecode.fill(`00:00:0${index * 2}`)
    await page.locator(`[id="title[${index}]"]`).fill(title)
  }
}
