// Comments and reports in PeerTube's client.

/** Comments a video, answers, deletes the answer, and follows a link to the thread. */
export async function discuss(page, video) {
  await page.goto(`/w/${video.shortUUID}`)
  const comments = page.locator('my-video-comments')
  await comments.scrollIntoViewIfNeeded()
  await say(comments.locator('my-video-comment-add').first(), 'What a **harbour** at 0:03!')
  const thread = comments.locator('my-video-comment').first()
  await thread.locator('.comment-html strong', { hasText: 'harbour' }).waitFor()

  await thread.getByRole('button', { name: 'Reply' }).click()
  await say(thread.locator('my-video-comment-add'), 'So it is')
  const answer = thread.locator('my-video-comment').first()
  await answer.locator('.comment-html', { hasText: 'So it is' }).waitFor()
  await answer.locator('my-user-moderation-dropdown .action-button').click()
  await page
    .locator('.dropdown-item', { hasText: /^\s*Remove\s*$/ })
    .filter({ visible: true })
    .click()
  await page.locator('.modal-content input[type=submit]').click()
  await answer.locator('.comment-html-deleted').waitFor()

  await thread.locator('a.comment-date').first().click()
  await comments.locator('.highlighted-comment').waitFor()
  await page.reload()
  await comments.locator('h2', { hasText: /^\s*1 Comment\s*$/ }).waitFor()
}

async function say(form, text) {
  await form.locator('textarea').fill(text)
  await form.locator('.comment-buttons .orange-button').click()
}

/** Reports a video from its page, and accepts the report as a moderator. */
export async function report(page, video) {
  await page.goto(`/w/${video.shortUUID}`)
  await page.locator('my-video-actions-dropdown .action-button').click()
  await page.locator('.dropdown-item', { hasText: 'Report' }).filter({ visible: true }).click()
  const modal = page.locator('.modal-content')
  await modal.locator('.form-group my-peertube-checkbox label').first().click()
  await modal.locator('textarea').fill('Too much fog')
  await modal.locator('input[type=submit]').click()
  await modal.waitFor({ state: 'detached' })

  await page.goto('/admin/moderation/abuses/list')
  const row = page.locator('tbody tr', { hasText: video.name }).first()
  await row.locator('.action-button').click()
  await page.locator('.dropdown-item', { hasText: 'Mark as accepted' }).filter({ visible: true }).click()
  await row.locator('.badge-success[title=Accepted]').waitFor()

  await page.goto('/my-account/abuses')
  await page.locator('tbody tr', { hasText: video.name }).first().waitFor()
}
