// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest'
import { emptyDraft } from './draft'
import { VideoEntry } from './entry.svelte'

const draft = { ...emptyDraft('Harbour', { videoChannels: [] }, null), channel: '3' }

/** Notes what is sent; refuses the paths that end with `refused`. */
function listening(refused = '-') {
  const sent: { line: string; body: unknown }[] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    const isRefused = path.endsWith(refused)
    if (!isRefused)
      sent.push({ line: `${init.method} ${path.replace('/api/v1/videos/u', '')}`, body: init.body })
    return isRefused ? new Response('{"detail":"No"}', { status: 400 }) : new Response(null, { status: 204 })
  })
  return sent
}

describe('The words about a video', () => {
  it('bring the passwords with the picture too, which the server wants with every change', async () => {
    const sent = listening()
    const entry = new VideoEntry({ ...draft, privacy: '5', passwords: 'one\ntwo' })
    entry.thumbnail = new Blob(['x'], { type: 'image/jpeg' })
    await entry.save('u')
    const form = sent[1]?.body as FormData
    expect([...form.keys()]).toEqual(['videoPasswords[0]', 'videoPasswords[1]', 'thumbnailfile'])
  })

  it('are not sent twice when a later thing was refused', async () => {
    const sent = listening('/captions/fr')
    const entry = new VideoEntry(draft, [{ timecode: 0, title: 'Begin' }])
    entry.thumbnail = new Blob(['x'])
    entry.deletedCaptions = ['de']
    entry.captions = [
      { language: 'en', file: new File(['x'], 'a.vtt') },
      { language: 'fr', file: new File(['x'], 'b.vtt') }
    ]
    await expect(entry.save('u')).rejects.toThrow('No')
    expect(sent.map(({ line }) => line)).toEqual(['PUT ', 'PUT ', 'DELETE /captions/de', 'PUT /captions/en'])

    const again = listening()
    entry.chapters[0]!.title = 'Start'
    await entry.save('u')
    expect(again.map(({ line }) => line)).toEqual(['PUT ', 'PUT /captions/fr', 'PUT /chapters'])
  })

  it('leave chapters alone that nobody has touched', async () => {
    const sent = listening()
    await new VideoEntry(draft, [{ timecode: 5, title: 'Ships' }]).save('u')
    expect(sent.map(({ line }) => line)).toEqual(['PUT '])
  })

  it('are sound when no field and no chapter has a fault', () => {
    const entry = new VideoEntry(draft, [{ timecode: 5, title: 'Ships' }])
    expect(entry.isSound(new Date(), 10)).toBe(true)
    expect(entry.isSound(new Date(), 4)).toBe(false)
  })
})
