// Accessibility, as far as a program can see it: axe-core in every frame of a page.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const source = readFileSync(
  fileURLToPath(new URL('node_modules/axe-core/axe.min.js', import.meta.url)),
  'utf8'
)

/** Fails when there is anything serious or critical, and says where. */
export async function axe(page, name) {
  const found = []
  for (const frame of page.frames()) {
    await frame.evaluate(source)
    const { violations } = await frame.evaluate(() =>
      window.axe.run({ iframes: false, exclude: [['iframe']] }, { resultTypes: ['violations'] })
    )
    for (const { id, impact, help, nodes } of violations) {
      if (!['serious', 'critical'].includes(impact)) continue
      found.push(
        `${id} (${impact}): ${help}\n    ${nodes.map(({ html }) => html.slice(0, 200)).join('\n    ')}`
      )
    }
  }
  if (found.length > 0) throw new Error(`${name} is not accessible:\n  ${found.join('\n  ')}`)
}
