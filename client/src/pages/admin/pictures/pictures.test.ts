import { describe, expect, it } from 'vitest'
import type { ServerConfig } from '../../../api/types'
import { currentPicture } from './pictures'

const config = {
  instance: {
    name: 'Harbour',
    shortDescription: '',
    avatars: [
      { width: 120, path: '/a120.jpg' },
      { width: 48, path: '/a48.jpg' }
    ],
    banners: [{ width: 1920, fileUrl: 'https://here.example/b.jpg' }],
    logo: [{ type: 'favicon', width: 32, fileUrl: '/f.png' }]
  }
} as ServerConfig

describe('The picture that is there', () => {
  it.each([
    ['avatar', '/a120.jpg'],
    ['banner', 'https://here.example/b.jpg'],
    ['favicon', '/f.png'],
    ['header-wide', null]
  ] as const)('of the kind %s is %s', (kind, address) => {
    expect(currentPicture(config, kind)).toBe(address)
  })

  it('is none before the configuration is known', () => {
    expect(currentPicture(null, 'avatar')).toBeNull()
  })
})
