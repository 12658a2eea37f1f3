import { describe, expect, it } from 'vitest'
import { uploadForm, type UploadFields } from './upload'

describe('The form of an upload', () => {
  const file = new File(['bytes'], 'harbour.mp4', { type: 'video/mp4' })
  const fields: UploadFields = {
    name: 'Harbour',
    channelId: 3,
    privacy: 1,
    description: '',
    tags: ['sea', 'walk'],
    category: null,
    licence: 7,
    language: 'en',
    waitTranscoding: true
  }

  it("has PeerTube's field names, nothing for what was left open, and the file last", () => {
    const entries = [...uploadForm(file, fields).entries()].map(([name, value]) => [
      name,
      value instanceof File ? value.name : value
    ])
    expect(entries).toEqual([
      ['name', 'Harbour'],
      ['channelId', '3'],
      ['privacy', '1'],
      ['waitTranscoding', 'true'],
      ['tags[0]', 'sea'],
      ['tags[1]', 'walk'],
      ['licence', '7'],
      ['language', 'en'],
      ['videofile', 'harbour.mp4']
    ])
  })
})
