// What a page looks like and whether everybody can use it: screenshots, widths, axe.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** The violations of a page that shut somebody out, as lines. */
export async function barriers(page) {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ['violations'] })
    return violations.map(({ id, impact, nodes }) => ({ id, impact, where: nodes.map(({ html }) => html.slice(0, 160)) }))
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, impact, where }) => where.slice(0, 4).map((html) => `${impact} ${id}: ${html}`))
}

/** Pixels by which a page is wider than the screen. */
export function beyond(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

/** A picture of the whole page, when its images have come. */
export async function shoot(page, folder, name) {
  await page
    .waitForFunction(() => [...document.images].every((image) => image.complete || image.loading === 'lazy'), undefined, {
      timeout: 5000
    })
    .catch(() => undefined)
  await page.waitForTimeout(250)
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
