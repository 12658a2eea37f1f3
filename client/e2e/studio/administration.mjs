// What an administrator does: users, configuration, jobs.
import { shoot } from '../looks.mjs'

export async function manageUser({ page, settings, names }) {
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

export async function changeConfiguration({ page, names }) {
  await page.goto('/admin/settings/config/information')
  await page.getByLabel('Name', { exact: true }).fill(names.instance)
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The configuration is saved.').waitFor()
  await page.locator('header .name', { hasText: names.instance }).waitFor()
  await page.goto('/admin/settings/config/users')
  await page.getByLabel('Visitors can create an account').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The configuration is saved.').waitFor()
  await page.goto('/admin/settings/config/vod')
  await page.getByLabel('Users can replace the file of a video').check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.getByText('The configuration is saved.').waitFor()
  const signup = await page.evaluate(
    async () => (await (await fetch('/api/v1/config')).json()).signup.allowed
  )
  if (signup !== true) throw new Error('the sign-up is still closed')
}

export async function lookAtJobs({ page }) {
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

export async function keepOthersOut({ names, open, logIn }) {
  const own = await open()
  await logIn(own, names.user, 'ada-secret')
  await own.getByRole('button', { name: /^Account of / }).click()
  await own.getByRole('link', { name: 'Settings' }).waitFor()
  if (await own.getByRole('link', { name: 'Administration' }).count())
    throw new Error('a user is offered the administration')
  await own.goto('/admin/overview/users')
  await own.getByText('This page is not for you').waitFor()
  await own.context().close()
}
