import { describe, expect, it } from 'vitest'
import type { EditableVideo } from '../api/video-edit'
import {
  attributesOf,
  draftOf,
  emptyDraft,
  extensionOf,
  faultsOf,
  localTime,
  offeredPrivacies,
  passwordsOf,
  scheduled,
  titleOf,
  type Draft
} from './draft'

const now = new Date('2026-06-15T12:00:00Z')
const actor = { id: 3, name: 'sea', displayName: 'Sea', host: '', url: '', avatars: [] }
const channel = {
  ...actor,
  description: null,
  support: 'Buy me a boat',
  followersCount: 0,
  createdAt: '',
  isLocal: true
}
const draft: Draft = {
  ...emptyDraft(' Harbour ', { videoChannels: [channel] }, null),
  tags: 'sea, walk',
  licence: '7',
  language: 'en'
}

describe('A draft', () => {
  it('begins with what the server and the channel hold for usual', () => {
    const config = {
      instance: { name: '', shortDescription: '' },
      defaults: { publish: { privacy: 2, licence: 4, commentsPolicy: 3, downloadEnabled: false } }
    }
    expect(emptyDraft('x', { videoChannels: [channel] }, config)).toMatchObject({
      channel: '3',
      privacy: '2',
      licence: '4',
      commentsPolicy: '3',
      downloadEnabled: false,
      support: 'Buy me a boat'
    })
  })

  it('becomes what the server gets, null for what was left open', () => {
    expect(attributesOf(draft)).toEqual({
      name: 'Harbour',
      channelId: 3,
      privacy: 1,
      scheduleUpdate: null,
      description: null,
      support: 'Buy me a boat',
      tags: ['sea', 'walk'],
      category: null,
      licence: 7,
      language: 'en',
      commentsPolicy: 1,
      downloadEnabled: true,
      waitTranscoding: true,
      nsfw: false,
      nsfwFlags: 0,
      nsfwSummary: null,
      originallyPublishedAt: null
    })
  })

  it('is private until its moment when it is scheduled', () => {
    const later = { ...draft, privacy: scheduled, scheduledAt: '2026-06-16T08:30', scheduledPrivacy: '4' }
    expect(attributesOf(later)).toMatchObject({
      privacy: 3,
      scheduleUpdate: { updateAt: new Date('2026-06-16T08:30').toISOString(), privacy: 4 }
    })
  })

  it('has passwords only when it is protected by them', () => {
    const secret = { ...draft, passwords: ' one \n\ntwo\none' }
    expect(passwordsOf(secret)).toEqual(['one', 'two'])
    expect(attributesOf(secret).videoPasswords).toBeUndefined()
    expect(attributesOf({ ...secret, privacy: '5' }).videoPasswords).toEqual(['one', 'two'])
  })

  it('says what is sensitive only when something is', () => {
    const marked = { ...draft, nsfwViolent: true, nsfwSexual: true, nsfwSummary: 'War' }
    expect(attributesOf(marked)).toMatchObject({ nsfw: false, nsfwFlags: 0, nsfwSummary: null })
    expect(attributesOf({ ...marked, nsfw: true })).toMatchObject({
      nsfw: true,
      nsfwFlags: 3,
      nsfwSummary: 'War'
    })
  })

  it('has no faults when it can be sent', () => expect(faultsOf(draft, now)).toEqual({}))

  it.each<[keyof Draft, Partial<Draft>]>([
    ['name', { name: 'ab' }],
    ['name', { name: 'x'.repeat(121) }],
    ['channel', { channel: '' }],
    ['description', { description: 'ab' }],
    ['support', { support: 'x'.repeat(1001) }],
    ['tags', { tags: 'a' }],
    ['tags', { tags: 'aa,bb,cc,dd,ee,ff' }],
    ['passwords', { privacy: '5' }],
    ['passwords', { privacy: '5', passwords: 'x' }],
    ['scheduledAt', { privacy: scheduled }],
    ['scheduledAt', { privacy: scheduled, scheduledAt: '2020-01-01T00:00' }],
    ['originallyPublishedAt', { originallyPublishedAt: '2999-01-01' }]
  ])('names the fault of its %s: %o', (field, change) => {
    expect(Object.keys(faultsOf({ ...draft, ...change }, now))).toEqual([field])
  })

  it('of a video comes back as it was sent', () => {
    const moment = '2027-03-04T05:06:00.000Z'
    const video = {
      name: 'Harbour',
      channel,
      privacy: { id: 3, label: 'Private' },
      scheduledUpdate: { updateAt: moment, privacy: 1 },
      description: 'Ships',
      support: null,
      tags: ['sea'],
      category: { id: null, label: 'Unknown' },
      licence: { id: 7, label: '' },
      language: { id: 'en', label: 'English' },
      commentsPolicy: { id: 2, label: '' },
      downloadEnabled: false,
      waitTranscoding: false,
      nsfw: true,
      nsfwFlags: 1,
      nsfwSummary: 'War',
      originallyPublishedAt: null
    } as unknown as EditableVideo
    expect(attributesOf(draftOf(video, []))).toMatchObject({
      name: 'Harbour',
      privacy: 3,
      scheduleUpdate: { updateAt: moment, privacy: 1 },
      tags: ['sea'],
      category: null,
      commentsPolicy: 2,
      downloadEnabled: false,
      nsfwFlags: 1
    })
  })
})

describe('A file', () => {
  it('gives the video its first title', () => {
    expect(titleOf('my_holiday  2026.final.MP4')).toBe('my holiday 2026.final')
    expect(titleOf('a.mp4')).toBe('a video')
  })

  it('has an extension in lower case', () => {
    expect(extensionOf('a.b.MP4')).toBe('.mp4')
    expect(extensionOf('none')).toBe('')
  })
})

it('offers a schedule beside the privacies', () => {
  expect(offeredPrivacies({ 1: 'Public' }).map(({ value }) => value)).toEqual(['1', scheduled])
})

it('writes a moment as the field of a form does', () => {
  expect(new Date(localTime('2026-06-15T12:34:00Z')).toISOString()).toBe('2026-06-15T12:34:00.000Z')
})
