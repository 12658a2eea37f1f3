// Comments and reports in a browser: a viewer writes, the author answers, a reply is deleted, a comment waits for approval, a
// video, a comment and an account are reported, a moderator decides, both write to each other. Then the pages of it all on both
// screens, light and dark, under axe.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… VIDEO=<id> HELD=<id> SILENT=<id> OUT=shots node comments.mjs
//
// All three videos are public and ada's, 10 seconds at least, and nobody has commented on them; on HELD comments want approval,
// on SILENT there are none. Users ada, bob and mod (a moderator) have root's password. Ends with status 1 and the reason when a
// step fails or the browser complained about anything.
import { join } from 'node:path'
import { axe } from './axe.mjs'
import { openPage, screens, startBrowser } from './browser.mjs'
import { beyond, shoot } from './looks.mjs'

const {
  BASE_URL: base,
  ROOT_PASSWORD: password,
  VIDEO: id,
  HELD: held,
  SILENT: silent,
  OUT: out
} = process.env
const complaints = []
let step = 'start'
if (!base || !password || !id || !held || !silent || !out)
  fail(new Error('set BASE_URL, ROOT_PASSWORD, VIDEO, HELD, SILENT and OUT'))

const browser = await startBrowser().catch(fail)
const people = {}
try {
  for (const name of ['bob', 'ada', 'mod']) await begin(`${name} logs in`, () => logIn(name))
  await talk()
  await approval()
  await reports()
  await decisions()
  await tables()
  await everywhere()
  step = 'listen to the console'
  if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`)
} catch (error) {
  const pages = browser.contexts().flatMap((context) => context.pages())
  for (const [i, page] of pages.entries())
    await page.screenshot({ path: join(out, `comments-failure-${i}.png`) }).catch(() => undefined)
  fail(error)
} finally {
  await browser.close()
}
console.log(`comments: all steps passed, screenshots in ${out}`)

async function open(options = { ...screens.desktop, colorScheme: 'light' }) {
  const page = await openPage(browser, { ...options, baseURL: base }, complaints)
  page.setDefaultTimeout(15_000)
  return page
}

async function logIn(name) {
  const page = await open()
  await page.goto('/login')
  await page.getByLabel('User name or e-mail address').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('button', { name: /^Account of / }).waitFor()
  people[name] = page
}

/** The page of a video, its player at rest: what is looked at is below. */
async function watch(page, video) {
  await page.goto(`/w/${video}`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(() => (document.querySelector('video') ?? { pause() {} }).pause())
  await reveal(page.locator('#comments'))
}

/** Without waiting until it stands still: what is asked for when it comes into sight may take its place. */
async function reveal(place) {
  await place.waitFor()
  await place.evaluate((element) => element.scrollIntoView({ block: 'center' }))
}

function comment(page, text) {
  // The innermost one that holds the words: answers are in the comments they answer.
  return page.locator('article', { hasText: text }).last()
}

async function act(page, text, action) {
  await comment(page, text)
    .getByRole('button', { name: /^Actions for the comment/ })
    .first()
    .click()
  await comment(page, text).getByRole('button', { name: action, exact: true }).click()
}

async function talk() {
  const { bob, ada, mod } = people
  await begin('a visitor is asked to log in', async () => {
    const visitor = await open()
    await watch(visitor, id)
    await visitor.getByText('Nobody has written anything yet.').waitFor()
    await visitor.getByRole('link', { name: 'Log in to comment' }).waitFor()
    await watch(visitor, silent)
    await visitor.getByText('Comments are disabled for this video.').waitFor()
    await visitor.context().close()
  })
  await begin('a viewer writes', async () => {
    await watch(bob, id)
    const field = bob.getByLabel('Write a comment')
    await field.fill('A **fine** fog at 0:05, @ada!')
    await field.press('Control+Enter')
    await comment(bob, 'fine').getByRole('link', { name: '0:05' }).waitFor()
    await bob.getByRole('heading', { name: '1 comment' }).waitFor()
    if ((await field.inputValue()) !== '') throw new Error('the words are still in the field')
    await comment(bob, 'fine').locator('strong', { hasText: 'fine' }).waitFor()
    const mention = await comment(bob, 'fine').getByRole('link', { name: '@ada' }).getAttribute('href')
    if (mention !== '/@ada') throw new Error(`the mention leads to ${mention}`)
  })
  await begin('a time in it leads to that time', async () => {
    await comment(bob, 'fine').getByRole('link', { name: '0:05' }).click()
    await bob.waitForFunction(() => document.querySelector('video').currentTime >= 5)
    await bob.evaluate(() => document.querySelector('video').pause())
  })
  await begin('words stay when the server does not take them', async () => {
    await bob.route('**/comment-threads', (route) => route.fulfill({ status: 500, body: '' }))
    const field = bob.getByLabel('Write a comment')
    await field.fill('Words worth keeping')
    await bob.getByRole('button', { name: 'Comment', exact: true }).click()
    await bob.getByRole('alert').waitFor()
    if ((await field.inputValue()) !== 'Words worth keeping') throw new Error('they are gone')
    await bob.unroute('**/comment-threads')
    forgive(/500/)
    await bob.getByRole('button', { name: 'Comment', exact: true }).click()
    await bob.getByRole('heading', { name: '2 comments' }).waitFor()
  })
  await begin('the author answers', async () => {
    await watch(ada, id)
    await comment(ada, 'fine').getByRole('button', { name: 'Reply to' }).click()
    await ada.getByRole('textbox', { name: 'Reply to bob' }).fill('Thank you')
    await ada.getByRole('button', { name: 'Reply', exact: true }).last().click()
    await comment(ada, 'Thank you').getByText('Author').waitFor()
    await ada.getByRole('heading', { name: '3 comments' }).waitFor()
  })
  await begin('others open the replies, and answer in turn', async () => {
    await watch(mod, id)
    await mod.getByRole('button', { name: '1 reply from the author' }).click()
    await comment(mod, 'Thank you').getByRole('button', { name: 'Reply to ada' }).click()
    await mod.getByRole('textbox', { name: 'Reply to ada' }).fill('Be kind')
    await mod.getByRole('textbox', { name: 'Reply to ada' }).press('Control+Enter')
    await comment(mod, 'Be kind').waitFor()
  })
  await begin('a deleted reply that was answered leaves its place', async () => {
    await ada.reload()
    await ada.getByRole('button', { name: '2 replies, 1 from the author' }).click()
    await act(ada, 'Thank you', 'Delete')
    await ada.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click()
    await act(ada, 'Thank you', 'Delete')
    await ada.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await ada.getByText('This comment has been deleted.').waitFor()
    await ada.getByText('Be kind').waitFor()
  })
  await begin('one that nobody answered is gone, and only who may deletes', async () => {
    await bob.reload()
    await act(bob, 'Words worth keeping', 'Delete')
    await bob.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await comment(bob, 'Words worth keeping').waitFor({ state: 'detached' })
    await bob.getByRole('button', { name: /^1 reply/ }).click()
    await comment(bob, 'Be kind')
      .getByRole('button', { name: /^Actions for the comment/ })
      .click()
    if (await comment(bob, 'Be kind').getByRole('button', { name: 'Delete', exact: true }).count())
      throw new Error('a viewer is offered to delete the comment of another')
    await bob.keyboard.press('Escape')
  })
  await begin('an address shows its comment', async () => {
    const link = comment(bob, 'Be kind').locator('header a', { has: bob.locator('time') })
    const address = await link.getAttribute('href')
    if (!/^\/w\/[^;]+;threadId=\d+#comment-\d+$/.test(address)) throw new Error(address)
    const visitor = await open()
    await visitor.goto(address)
    await comment(visitor, 'Be kind').locator('.highlighted').waitFor()
    await visitor.context().close()
  })
}

async function approval() {
  const { bob, ada } = people
  await begin('a comment waits for approval', async () => {
    await watch(bob, held)
    await bob.getByLabel('Write a comment').fill('May I?')
    await bob.getByRole('button', { name: 'Comment', exact: true }).click()
    await comment(bob, 'May I?').getByText('Waits for approval').waitFor()
    const visitor = await open()
    await watch(visitor, held)
    await visitor.getByText('Nobody has written anything yet.').waitFor()
    await visitor.context().close()
  })
  await begin('the author approves it', async () => {
    await watch(ada, held)
    await ada.getByRole('button', { name: /^Approve the comment/ }).click()
    await comment(ada, 'May I?').getByText('Waits for approval').waitFor({ state: 'detached' })
    const visitor = await open()
    await watch(visitor, held)
    await comment(visitor, 'May I?').waitFor()
    await visitor.context().close()
  })
}

async function reports() {
  const { bob, ada } = people
  await begin('report a part of a video', async () => {
    await watch(bob, id)
    await bob.getByRole('button', { name: 'More about this video' }).click()
    await bob.getByRole('button', { name: 'Report', exact: true }).first().click()
    const dialog = bob.getByRole('dialog', { name: /^Report the video/ })
    await dialog.getByLabel('Copyright').check()
    await dialog.getByLabel('The thumbnail').check()
    await dialog.getByLabel('Only a part of the video').check()
    await dialog.getByLabel('From', { exact: true }).fill('0:02')
    await dialog.getByLabel('To (optional)').fill('0:01')
    await dialog.getByRole('button', { name: 'Send the report' }).click()
    await dialog.getByText('The end comes after the beginning.').waitFor()
    await dialog.getByText('Write a few words.').waitFor()
    await axe(bob, 'the report dialog')
    await dialog.screenshot({ path: join(out, 'report-dialog.png') })
    await dialog.getByLabel('To (optional)').fill('0:04')
    await dialog.getByLabel('What should the moderators know?').fill('This picture is mine.')
    await dialog.getByRole('button', { name: 'Send the report' }).click()
    await bob.getByText(/^Thank you\. The moderators/).waitFor()
  })
  await begin('report a comment', async () => {
    await watch(ada, held)
    await act(ada, 'May I?', 'Report')
    const dialog = ada.getByRole('dialog', { name: /^Report the comment/ })
    if (await dialog.getByLabel('The captions').count()) throw new Error('a comment has no captions')
    await dialog.getByLabel('Spam or misleading').check()
    await dialog.getByLabel('What should the moderators know?').fill('Again and again.')
    await dialog.getByRole('button', { name: 'Send the report' }).click()
    await ada.getByText(/^Thank you\. The moderators/).waitFor()
  })
  await begin('report an account', async () => {
    await ada.goto('/a/bob/video-channels')
    await ada.getByRole('button', { name: 'Report' }).click()
    const dialog = ada.getByRole('dialog', { name: /^Report the account/ })
    await dialog.getByLabel('What should the moderators know?').fill('He is everywhere.')
    await dialog.getByRole('button', { name: 'Send the report' }).click()
    await dialog.waitFor({ state: 'detached' })
  })
}

function row(page, text) {
  return page.locator('tbody tr:not(.detail)', { hasText: text })
}

async function decisions() {
  const { bob, mod } = people
  await begin('a moderator finds the reports', async () => {
    await mod.goto('/admin/moderation/abuses')
    await mod.getByText('3 reports').waitFor()
    await mod.getByText('This picture is mine.').waitFor()
    await mod.getByText('From 0:02 to 0:04').waitFor()
    await axe(mod, 'the reports')
    await shoot(mod, out, 'reports')
    await mod.getByLabel('About', { exact: true }).selectOption({ label: 'Comments' })
    await mod.getByText('1 report', { exact: true }).waitFor()
    await row(mod, 'May I?').waitFor()
    await mod.getByLabel('About', { exact: true }).selectOption({ label: 'Videos' })
    await mod.getByText('This picture is mine.').waitFor()
  })
  const only = mod.locator('tbody')
  await begin('writes a note', async () => {
    await only.getByRole('button', { name: /^Actions for report/ }).click()
    await only.getByRole('button', { name: 'Note for moderators' }).click()
    await mod.getByLabel('Note', { exact: true }).fill('Asked for a proof')
    await mod.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await only.getByText('Asked for a proof').waitFor()
  })
  await begin('asks who reported', async () => {
    await only.getByRole('button', { name: /^Messages of report/ }).click()
    const dialog = mod.getByRole('dialog', { name: 'Messages with who reported it' })
    await dialog.getByLabel('Write to who reported it').fill('Can you prove it?')
    await dialog.getByRole('button', { name: 'Send' }).click()
    await dialog.getByText('Can you prove it?').waitFor()
    await axe(mod, 'the messages')
    await dialog.getByRole('button', { name: 'Close' }).click()
  })
  await begin('who answers under “My reports”', async () => {
    await bob.goto('/my-account/abuses')
    await bob.getByText('This picture is mine.').waitFor()
    await axe(bob, 'the own reports')
    await shoot(bob, out, 'own-reports')
    await row(bob, 'Open')
      .getByRole('button', { name: /^Messages of report .*: 1$/ })
      .click()
    const dialog = bob.getByRole('dialog', { name: 'Messages with the moderators' })
    await dialog.getByText('Can you prove it?').waitFor()
    await dialog.getByLabel('Write to the moderators').fill('Here it is.')
    await dialog.getByRole('button', { name: 'Send' }).click()
    await dialog.getByRole('listitem').nth(1).waitFor()
    await dialog.getByRole('button', { name: 'Close' }).click()
    if (await bob.getByText('Asked for a proof').count()) throw new Error('the note is shown to who reported')
  })
  await begin('accepts it, which shows to both', async () => {
    await only.getByRole('button', { name: /^Actions for report/ }).click()
    await only.getByRole('button', { name: 'Accept', exact: true }).click()
    await mod.getByText('1 report accepted.').waitFor()
    await mod.getByLabel('State', { exact: true }).selectOption({ label: 'Accepted' })
    await row(mod, 'Accepted').waitFor()
    await bob.reload()
    await row(bob, 'Accepted').waitFor()
  })
  await begin('rejects another, and deletes a third', async () => {
    await mod.getByLabel('State', { exact: true }).selectOption({ label: 'Open' })
    await mod.getByLabel('About', { exact: true }).selectOption({ label: 'Comments' })
    await row(mod, 'May I?').getByRole('checkbox').check()
    await mod.getByRole('button', { name: 'Reject', exact: true }).first().click()
    await mod.getByText('1 report rejected.').waitFor()
    await mod.getByLabel('About', { exact: true }).selectOption({ label: 'Accounts' })
    await only.getByRole('button', { name: /^Actions for report/ }).click()
    await only.getByRole('button', { name: 'Delete the report' }).click()
    await mod.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await mod.getByText('The report is deleted.').waitFor()
  })
}

async function tables() {
  const { ada, bob, mod } = people
  await begin('the author finds what is written below the videos', async () => {
    await watch(bob, held)
    await bob.getByLabel('Write a comment').fill('One more thing')
    await bob.getByRole('button', { name: 'Comment', exact: true }).click()
    await comment(bob, 'One more thing').waitFor()
    await ada.goto('/my-library/comments-on-my-videos')
    await row(ada, 'Be kind').waitFor()
    await ada.getByLabel('Show', { exact: true }).selectOption({ label: 'Waiting for approval' })
    await ada.getByText('1 comment', { exact: true }).waitFor()
    await row(ada, 'One more thing').getByRole('checkbox').check()
    await ada.getByRole('button', { name: 'Approve', exact: true }).first().click()
    await ada.getByText('1 comment approved.').waitFor()
  })
  await begin('a moderator searches all, and deletes some', async () => {
    await mod.goto('/admin/overview/comments')
    await row(mod, 'Be kind').waitFor()
    await mod.getByLabel('Search comments').fill('One more')
    await mod.getByText('1 comment', { exact: true }).waitFor()
    await row(mod, 'One more thing').getByRole('checkbox').check()
    await mod.getByRole('button', { name: 'Delete', exact: true }).first().click()
    await mod.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click()
    await mod.getByText('1 comment deleted.').waitFor()
  })
}

/** Every page of this, on both screens and in both schemes, as the one who sees most of it. */
async function everywhere() {
  const { bob, mod } = people
  await begin('fill a second page', async () => {
    await watch(bob, id)
    for (let i = 1; i <= 12; i++) {
      const field = bob.getByLabel('Write a comment')
      await field.fill(`Comment number ${i}`)
      await field.press('Control+Enter')
      await comment(bob, `Comment number ${i}`).waitFor()
    }
    await bob.reload()
    await reveal(bob.locator('#comments'))
    await reveal(bob.getByText('Comment number 12'))
    await reveal(bob.getByText('Comment number 4'))
    await bob
      .getByText('Be kind')
      .or(bob.getByRole('button', { name: /^1 reply/ }))
      .waitFor()
    await bob.getByLabel('Order of the comments').selectOption({ label: 'Most replies first' })
    await bob
      .getByRole('list', { name: 'Comments' })
      .locator('article')
      .first()
      .getByRole('button', { name: /^1 reply/ })
      .waitFor()
  })
  const storageState = await mod.context().storageState()
  for (const [device, screen] of Object.entries(screens)) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open({ ...screen, colorScheme, storageState })
      for (const [name, path, landmark] of [
        ['comments', `/w/${id}`, 'Comment number 12'],
        ['admin-comments', '/admin/overview/comments', 'Comment number 12'],
        ['admin-reports', '/admin/moderation/abuses', 'Nothing to decide'],
        ['my-reports', '/my-account/abuses', 'You have not reported anything'],
        ['my-comments', '/my-library/comments-on-my-videos', 'There are no comments yet']
      ])
        await begin(`${name} on a ${device}, ${colorScheme}`, async () => {
          await page.goto(path)
          if (name === 'comments') {
            await page.getByRole('heading', { level: 1 }).waitFor()
            await page.evaluate(() => document.querySelector('video')?.pause())
            await reveal(page.locator('#comments'))
          }
          await page.getByText(landmark).first().waitFor()
          await axe(page, name)
          const wide = await beyond(page)
          if (wide > 0) throw new Error(`it is ${wide} pixels wider than the screen`)
          await shoot(page, out, `${name}-${device}-${colorScheme}`)
        })
      await page.context().close()
    }
  }
}

/** The browser says of every refused request that it was; those a step provokes are no complaint. */
function forgive(pattern) {
  for (let i = complaints.length - 1; i >= 0; i--) if (pattern.test(complaints[i])) complaints.splice(i, 1)
}

async function begin(name, work) {
  step = name
  const started = Date.now()
  await work()
  console.log(`comments: ${name}: done in ${((Date.now() - started) / 1000).toFixed(1)} s`)
}

function fail(error) {
  console.error(`comments: failed at "${step}": ${error.message}`)
  if (complaints.length > 0)
    console.error(`comments: the browser had complained:\n  ${complaints.join('\n  ')}`)
  process.exit(1)
}
