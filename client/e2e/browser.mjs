// Starts Chromium for the end-to-end checks and watches what it complains about.
import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

export const screens = {
  desktop: { viewport: { width: 1366, height: 860 } },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }
}

export async function startBrowser() {
  const executablePath = process.env.CHROMIUM ?? places.find(existsSync)
  if (!executablePath) {
    throw new Error(
      `no Chromium in ${places.join(', ')}: install it (apt install chromium) or set CHROMIUM to its path`
    )
  }
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--disable-renderer-backgrounding',
      '--autoplay-policy=no-user-gesture-required'
    ]
  })
}

/** A page whose console messages, exceptions and refused requests end up in `complaints`. */
export async function openPage(browser, options, complaints) {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  const note = (kind, text) => complaints.push(`${kind} at ${new URL(page.url()).pathname}: ${text}`)
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      note(message.type(), `${message.text()} (${message.location().url})`)
    }
  })
  page.on('pageerror', (error) => note('exception', error.message))
  return page
}
