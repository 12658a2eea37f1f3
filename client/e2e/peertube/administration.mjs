// What an administrator changes in PeerTube's client.

/** Creates a user, and gives it another e-mail address. */
export async function manageUser(page) {
  const name = `ada${Date.now() % 1e6}`
  await page.goto('/admin/users/create')
  await page.locator('#username').fill(name)
  await page.locator('#channelName').fill(`${name}_films`)
  await page.locator('#email').fill(`${name}@example.org`)
  await page.locator('#password').fill('ada-secret')
  await page.locator('input[type=submit]').click()
  const row = page.locator('tr', { hasText: `${name}@example.org` })
  await row.locator('.dropdown-toggle').click()
  await page.locator('.dropdown-item', { hasText: 'Edit user' }).filter({ visible: true }).click()
  // The form is there before the user is; saving it then fails inside the client.
  await page.waitForFunction((old) => document.querySelector('#email')?.value === old, `${name}@example.org`)
  await page.locator('#email').fill(`${name}@example.com`)
  await page.locator('input[type=submit]').first().click()
  await page.locator('tr', { hasText: `${name}@example.com` }).waitFor()
}

/** Saves the configuration with another name of the instance, which the client then shows. */
export async function configure(page) {
  const name = `House ${Date.now() % 1e6}`
  await page.goto('/admin/config/edit-custom')
  await page.getByRole('tab', { name: 'Information' }).click()
  await page.locator('#instanceName').fill(name)
  // The client of 6.3 does not save without one. PeerTube's configuration names its author; ours nobody.
  await page.getByRole('tab', { name: 'Basic' }).click()
  await page.locator('#servicesTwitterUsername').fill('@house')
  await page.locator('input[type=submit][value="Update configuration"]').click()
  await page.getByText('Configuration updated.').waitFor()
  await page.goto('/about/instance')
  await page.getByText(name).first().waitFor()
}
