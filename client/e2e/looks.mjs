// What a page looks like: screenshots and widths.
import { join } from 'node:path'

/** Pixels by which a page is wider than the screen. */
export function beyond(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** A picture of the whole page, when its images have come. */
export async function shoot(page, folder, name) {
  await page
    .waitForFunction(
      () => [...document.images].every((image) => image.complete || image.loading === 'lazy'),
      undefined,
      {
        timeout: 5000
      }
    )
    .catch(() => undefined)
  await page.waitForTimeout(250)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
