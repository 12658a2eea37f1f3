// What an author does with videos: uploads with pauses and a reload in between, details, another file, deletion.
import { captions, drop } from '../files.mjs'
import { shoot } from '../looks.mjs'

function card(page, file) {
  return page.locator('section.card', { hasText: file })
}

function stageOf(page, file) {
  return card(page, file).locator('[data-upload-stage]')
}

function stage(page, file, ...stages) {
  const any = stages.map((name) => `[data-upload-stage="${name}"]`).join(',')
  return stageOf(page, file).and(page.locator(any)).waitFor()
}

function film(settings, name) {
  return { name, type: 'video/mp4', path: settings.video }
}

/** Parts of files take a moment each, so that there is time to stop in between. */
async function slowDown(page) {
  await page.route('**/api/v1/videos/upload-resumable?*', async (route) => {
    if (route.request().method() === 'PUT') await new Promise((done) => setTimeout(done, 1500))
    await route.continue().catch(() => undefined)
  })
}

export async function uploadTwo({ page, settings }) {
  await page.goto('/videos/publish')
  await page.getByText('Drop video files here').waitFor()
  await slowDown(page)
  await drop(page, page.locator('.drop'), [film(settings, 'harbour.mp4'), film(settings, 'forest.mp4')])
  await stage(page, 'harbour.mp4', 'sending')
  await page.getByRole('button', { name: 'Pause harbour.mp4' }).click()
  await stage(page, 'harbour.mp4', 'paused')
  await page.waitForTimeout(2500)
  if ((await stageOf(page, 'harbour.mp4').getAttribute('data-upload-stage')) !== 'paused')
    throw new Error('a paused upload went on')
  await shoot(page, settings.out, 'publish-paused')
  await page.getByRole('button', { name: 'Resume harbour.mp4' }).click()
  await stage(page, 'harbour.mp4', 'sending', 'finishing', 'done')
}

export async function reload({ page, settings }) {
  for (const name of ['harbour.mp4', 'forest.mp4']) await stage(page, name, 'done')
  await leave(page, '/videos/publish')
  await page.getByText('Drop video files here').waitFor()
  await drop(page, page.locator('.drop'), [film(settings, 'third.mp4')])
  await stage(page, 'third.mp4', 'sending')
  await card(page, 'third.mp4').getByLabel('Title', { exact: true }).fill('Words that stay')
  // The session is known as soon as the first part is on its way.
  await page.waitForFunction(() =>
    Object.keys(localStorage).some((key) => key.startsWith('vidilog_uploads_'))
  )
  await page.waitForTimeout(300)
  await leave(page)
  await page.getByRole('heading', { name: 'Unfinished uploads' }).waitFor()
  await shoot(page, settings.out, 'publish-unfinished')
  await drop(page, page.locator('.drop'), [film(settings, 'third.mp4')])
  await stage(page, 'third.mp4', 'done')
  const title = await card(page, 'third.mp4').getByLabel('Title', { exact: true }).inputValue()
  if (title !== 'Words that stay') throw new Error(`the words were lost over the reload: “${title}”`)
  if (await page.getByRole('heading', { name: 'Unfinished uploads' }).count())
    throw new Error('the upload is still called unfinished')
}

/** Goes elsewhere, or loads the page again, although the page asks whether that is meant. */
async function leave(page, path) {
  const accept = (dialog) => void dialog.accept()
  page.on('dialog', accept)
  await (path ? page.goto(path) : page.reload())
  page.off('dialog', accept)
}

export async function publish({ page, settings, names }) {
  await page.unroute('**/api/v1/videos/upload-resumable?*')
  await leave(page, '/videos/publish')
  await drop(page, page.locator('.drop'), [film(settings, 'one.mp4'), film(settings, 'two.mp4')])
  const one = card(page, 'one.mp4')
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
  const two = card(page, 'two.mp4')
  await two.getByRole('button', { name: 'Details' }).click()
  await two.getByLabel('Title', { exact: true }).fill('x')
  await two.getByRole('button', { name: /^Publish/ }).click()
  await two.getByText('A title has 3 to 120 characters').waitFor()
  await two.getByLabel('Title', { exact: true }).fill(names.two)
  await two.getByLabel('Who can watch').selectOption({ label: 'Unlisted' })
  await two.getByRole('button', { name: /^Publish/ }).click()
  for (const file of ['one.mp4', 'two.mp4'])
    await card(page, file).and(page.locator('[data-publication="saved"]')).waitFor({ timeout: 60_000 })
}

export async function waitForTranscoding({ page, settings, names }) {
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

export async function edit({ page, names }) {
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

/** Puts another file in the place of a video's, which keeps its address and its words. */
export async function replaceFile({ page, settings, names }) {
  await page.goto('/my-library/videos')
  await page.getByRole('link', { name: `Edit ${names.two}` }).click()
  const picture = page.locator('dt', { hasText: 'Picture' }).locator('xpath=following-sibling::dd[1]')
  const before = await picture.innerText()
  await page.getByRole('button', { name: 'Replace the file' }).click()
  await page.getByText('Drop the file here').waitFor()
  await shoot(page, settings.out, 'replace')
  await drop(page, page.locator('.drop'), [
    { name: 'better.mp4', type: 'video/mp4', path: settings.replacement }
  ])
  await page.getByText('The file is replaced.').waitFor()
  await page.locator('dd', { hasText: 'better.mp4' }).waitFor()
  if ((await picture.innerText()) === before) throw new Error(`the picture is still ${before}`)
  const title = await page.getByLabel('Title', { exact: true }).inputValue()
  if (title !== names.two) throw new Error(`the replaced video is called “${title}”`)
  await shoot(page, settings.out, 'replaced')
  const published = page.locator('.badge', { hasText: 'Published' })
  await published.waitFor({ timeout: settings.transcodingSeconds * 1000 })
  await page.getByRole('link', { name: 'Watch it' }).click()
  await page.getByRole('heading', { level: 1, name: names.two }).waitFor()
  const player = page.locator('video')
  await player.evaluate((video) => video.play())
  await page.waitForFunction(() => document.querySelector('video').currentTime > 1)
}

export async function deleteBoth({ page, settings, names }) {
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
