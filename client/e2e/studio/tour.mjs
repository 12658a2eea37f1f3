// Every page of both halves on a desktop and a phone, light and dark: pictures, widths, accessibility.
import { axe } from '../axe.mjs'
import { beyond, shoot } from '../looks.mjs'

export const desktop = { viewport: { width: 1280, height: 860 } }
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true }

export async function tour({ page, settings, open }) {
  const session = await page.context().storageState()
  const edit = await page.evaluate(async () => {
    const token = localStorage.getItem('access_token')
    const answer = await fetch('/api/v1/users/me/videos', { headers: { Authorization: `Bearer ${token}` } })
    return (await answer.json()).data[0].shortUUID
  })
  const pages = {
    publish: '/videos/publish',
    update: `/videos/update/${edit}`,
    'my-videos': '/my-library/videos',
    channels: '/my-library/video-channels',
    'channel-new': '/my-library/video-channels/create',
    history: '/my-library/history/videos',
    settings: '/my-account/settings',
    users: '/admin/overview/users',
    'user-new': '/admin/overview/users/create',
    videos: '/admin/overview/videos',
    'config-information': '/admin/settings/config/information',
    'config-general': '/admin/settings/config/general',
    'config-users': '/admin/settings/config/users',
    'config-vod': '/admin/settings/config/vod',
    'config-advanced': '/admin/settings/config/advanced',
    jobs: '/admin/system/jobs',
    logs: '/admin/system/logs',
    debug: '/admin/system/debug'
  }
  const faults = []
  for (const [device, screen] of Object.entries({ desktop, phone })) {
    for (const colorScheme of ['light', 'dark']) {
      const options = { ...screen, colorScheme }
      const own = await open({ ...options, storageState: session })
      for (const [name, path] of Object.entries(pages))
        faults.push(...(await look(own, path, `${name}-${device}-${colorScheme}`, settings.out)))
      await own.context().close()
      const visitor = await open(options)
      faults.push(...(await look(visitor, '/signup', `signup-${device}-${colorScheme}`, settings.out)))
      await visitor.context().close()
    }
  }
  if (faults.length > 0) throw new Error(`pages have faults:\n  ${faults.join('\n  ')}`)
}

async function look(at, path, name, out) {
  await at.goto(path)
  await at.getByRole('heading', { level: 1 }).waitFor()
  await at.waitForLoadState('networkidle').catch(() => undefined)
  await shoot(at, out, name)
  const wide = await beyond(at)
  const faults = await axe(at, name).then(
    () => [],
    (error) => [error.message]
  )
  return wide > 0 ? [...faults, `${name} is ${wide} pixels wider than the screen`] : faults
}
