// Files for the pages: dropped as a person would, and small ones made here.
import { readFileSync } from 'node:fs'

/** Drops files onto an element, all at once. Each is { name, type, path }, read from the disk. */
export async function drop(page, target, files) {
  const contents = files.map(({ name, type, path, lastModified = 1_700_000_000_000 }) => ({
    name,
    type,
    lastModified,
    base64: readFileSync(path).toString('base64')
  }))
  const transfer = await page.evaluateHandle(async (list) => {
    const data = new DataTransfer()
    for (const { name, type, lastModified, base64 } of list) {
      const bytes = await (await fetch(`data:application/octet-stream;base64,${base64}`)).arrayBuffer()
      data.items.add(new File([bytes], name, { type, lastModified }))
    }
    return data
  }, contents)
  await target.dispatchEvent('dragover', { dataTransfer: transfer })
  await target.dispatchEvent('drop', { dataTransfer: transfer })
}

export const captions = {
  name: 'harbour.vtt',
  mimeType: 'text/vtt',
  buffer: Buffer.from('WEBVTT\n\n00:00.000 --> 00:02.000\nThe harbour in the morning\n')
}

/** One pixel. */
export const picture = {
  name: 'picture.png',
  mimeType: 'image/png',
  buffer: Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64'
  )
}
