// An administrator looks at a job that has failed, reads why, and has it tried again.
//
//   BASE_URL=http://127.0.0.1:9000 ROOT_PASSWORD=… OUT=shots SAYS='part of the message' node jobs.mjs
//
// Every failed job of transcoding says that. Ends with status 1 and the reason when a step fails or the browser complained.
import { join } from 'node:path'
import { openPage, screens, startBrowser } from './browser.mjs'
import { shoot } from './looks.mjs'

const { BASE_URL: base, ROOT_PASSWORD: password, OUT: out, SAYS: says } = process.env
const complaints = []
const browser = await startBrowser()
const page = await openPage(browser, { ...screens.desktop, baseURL: base }, complaints)
page.setDefaultTimeout(15_000)
try {
  await page.goto('/login')
  await page.getByLabel('User name or e-mail address').fill('root')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('button', { name: /^Account of / }).waitFor()
  await page.goto('/admin/system/jobs?state=failed&type=video-transcoding')
  await page.locator('pre.error', { hasText: says }).first().waitFor()
  await shoot(page, out, 'job-failed')
  const again = page.getByRole('button', { name: /^Try video-transcoding .* again$/ })
  await again.last().click() // the oldest: others wait for it
  await page.getByText('The job gets new attempts.').waitFor()
  await page.locator('pre.error', { hasText: says }).waitFor({ state: 'detached' })
  if (complaints.length > 0) throw new Error(`the browser complained:\n  ${complaints.join('\n  ')}`)
} catch (error) {
  await page.screenshot({ path: join(out, 'jobs-failure.png') }).catch(() => undefined)
  console.error(`jobs: ${error.message}`)
  process.exitCode = 1
} finally {
  await browser.close()
}
