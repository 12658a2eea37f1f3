// What an author does besides: channels and the settings of the account.
import { picture } from '../files.mjs'
import { shoot } from '../looks.mjs'

export async function makeChannel({ page, settings, stamp }) {
  await page.goto('/my-library/video-channels/create')
  await page.getByLabel('Name', { exact: true }).fill(`Sea ${stamp}`)
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

export async function changeSettings({ page }) {
  await page.goto('/my-account/settings')
  await page.getByLabel('Display name').fill('Root of the house')
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
