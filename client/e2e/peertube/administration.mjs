// What an administrator changes in PeerTube's client.

export async function manageUser(page) {
  const name = `ada${Date.now() % 1e6}`
  await page.goto('/admin/users/create')
  await page.locator('#username').fill(name)
  await page.locator('#email').fill(`${name}@example.org`)
  await page.locator('#password').fill('ada-secret')
  await page.locator('input[type=submit]').click()
  await page.waitForURL(/users\/list/)
  await page.getByRole('link', { name }).first().click()
  await page.waitForURL(/\/a\//)
}

/** Saves the configuration with another name of the instance, which the client then shows. */
export async function configure(page) {
  const name = `House ${Date.now() % 1e6}`
  await page.goto('/admin/config/edit-custom')
  await page.locator('#instanceName').fill(name)
  await page.locator('input[type=submit][value="Update configuration"]').click()
  await page.getByText('Configuration updated.').waitFor()
  await page.goto('/about/instance')
  await page.getByText(name).first().waitFor()
}
