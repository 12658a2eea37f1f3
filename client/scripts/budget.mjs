// Measures the gzipped JavaScript and CSS behind each page, from Vite's manifest, and fails when a page is over
// its budget. What a page may load later (player, markdown) counts as its own; what only other pages load does not.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const app = join(dirname(fileURLToPath(import.meta.url)), '../dist/app')

/** Budgets in kB of 1000 bytes; null: shown, not judged. */
const pages = [
  ['shell', null, 60],
  ['list (home)', 'src/pages/videos/browse/Page.svelte', 90],
  ['homepage', 'src/pages/home/Page.svelte', 120],
  ['about', 'src/pages/about/Page.svelte', 90],
  ['channel', 'src/pages/c/Page.svelte', 90],
  ['search', 'src/pages/search/Page.svelte', 90],
  ['my videos', 'src/pages/my-library/videos/Page.svelte', 90],
  // With the preview of markdown, which is loaded when somebody asks for it.
  ['publish', 'src/pages/videos/publish/Page.svelte', 120],
  ['edit', 'src/pages/videos/update/Page.svelte', 120],
  ['settings', 'src/pages/my-account/settings/Page.svelte', 110],
  ['users', 'src/pages/admin/overview/users/Page.svelte', 90],
  ['videos', 'src/pages/admin/overview/videos/Page.svelte', 90],
  ['jobs', 'src/pages/admin/system/jobs/Page.svelte', 90],
  ['homepage editor', 'src/pages/admin/homepage/Page.svelte', 120],
  ['configuration', 'src/pages/admin/config/Page.svelte', 120],
  ['log-in', 'src/pages/login/Page.svelte', 90],
  ['watch', 'src/pages/w/Page.svelte', 380]
]
const embedBudget = 290

const manifest = readManifest()
const entry = 'index.html'
for (const page of [entry, 'embed.html'])
  if (!manifest[page]?.isEntry) fail(`the manifest has no entry ${page}`)
const shell = reach(entry, { dynamic: false })

const rows = pages.map(([name, page, budget]) => {
  if (page && !manifest[page]) fail(`the manifest has no ${page}`)
  const files = new Set([...shell, ...(page ? reach(page, { dynamic: true }) : [])])
  return { name, ...weigh(files), budget }
})
// A page of its own, without the shell.
rows.push({ name: 'embed', ...weigh(reach('embed.html', { dynamic: true })), budget: embedBudget })
print(rows)
if (rows.some((row) => row.js + row.css > row.budget)) fail('a page is over its budget')

function readManifest() {
  try {
    return JSON.parse(readFileSync(join(app, '.vite/manifest.json'), 'utf8'))
  } catch (error) {
    return fail(`no readable manifest, run "npm run build" first (${error.message})`)
  }
}

/** Files a chunk needs, over its imports and, where asked for, over what it imports later. */
function reach(key, { dynamic }, seen = new Set(), files = new Set()) {
  if (seen.has(key)) return files
  seen.add(key)
  const chunk = manifest[key]
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  const next = [...(chunk.imports ?? []), ...(dynamic ? (chunk.dynamicImports ?? []) : [])]
  // The entry names every page as a dynamic import: they are not part of this one.
  for (const other of next) if (other !== entry) reach(other, { dynamic }, seen, files)
  return files
}

function weigh(files) {
  const size = (ending) =>
    [...files]
      .filter((file) => file.endsWith(ending))
      .reduce((sum, file) => sum + gzipSync(readFileSync(join(app, file)), { level: 9 }).length / 1000, 0)
  return { js: size('.js'), css: size('.css') }
}

function print(rows) {
  const line = (name, ...cells) =>
    console.log(name.padEnd(14) + cells.map((cell) => cell.padStart(9)).join(''))
  line('kB gzipped', 'JS', 'CSS', 'sum', 'budget', '')
  for (const { name, js, css, budget } of rows) {
    const verdict = js + css > budget ? 'OVER' : 'ok'
    line(name, js.toFixed(1), css.toFixed(1), (js + css).toFixed(1), String(budget), verdict)
  }
}

function fail(reason) {
  console.error(`budget: ${reason}`)
  process.exit(1)
}
