import { describe, expect, it } from 'vitest'
import { extensionOf, faultsOf, fieldsOf, offeredPrivacies, titleOf, type Draft } from './draft'

const draft: Draft = {
  name: ' Harbour ',
  channel: '3',
  privacy: '1',
  description: '',
  tags: 'sea, walk',
  category: '',
  licence: '7',
  language: 'en',
  waitTranscoding: true
}

describe('A draft', () => {
  it('becomes the fields of an upload', () => {
    expect(fieldsOf(draft)).toEqual({
      name: 'Harbour',
      channelId: 3,
      privacy: 1,
      description: '',
      tags: ['sea', 'walk'],
      category: null,
      licence: 7,
      language: 'en',
      waitTranscoding: true
    })
  })

  it('has no faults when it can be sent', () => expect(faultsOf(draft)).toEqual({}))

  it.each([
    ['name', { name: 'ab' }],
    ['name', { name: 'x'.repeat(121) }],
    ['channel', { channel: '' }],
    ['description', { description: 'ab' }],
    ['tags', { tags: 'a' }]
  ])('names the fault of its %s', (field, change) => {
    expect(Object.keys(faultsOf({ ...draft, ...change }))).toEqual([field])
  })
})

describe('A file', () => {
  it('gives the video its first title', () => {
    expect(titleOf('my_holiday  2026.final.MP4')).toBe('my holiday 2026.final')
  })

  it('has an extension in lower case', () => {
    expect(extensionOf('a.b.MP4')).toBe('.mp4')
    expect(extensionOf('none')).toBe('')
  })
})

it('offers no privacy that needs a password', () => {
  expect(offeredPrivacies({ 1: 'Public', 5: 'Password protected' })).toEqual([
    { value: '1', label: 'Public' }
  ])
})
