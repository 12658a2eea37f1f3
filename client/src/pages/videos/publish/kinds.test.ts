import { describe, expect, it } from 'vitest'
import { kindsOf } from './kinds'

describe('the kinds of files a server takes', () => {
  it('are named when people know them, and counted otherwise', () => {
    expect(kindsOf(['.ogv', '.webm', '.mp4'])).toBe('MP4, WEBM and 1 other kind')
    expect(kindsOf(['.webm', '.mp4', '.ogv', '.nut'])).toBe('MP4, WEBM and 2 other kinds')
  })
  it('are named when they are few or unknown', () => {
    expect(kindsOf(['.mp4', '.webm'])).toBe('MP4, WEBM')
    expect(kindsOf(['.ogv'])).toBe('OGV')
    expect(kindsOf([])).toBe('Any video file')
  })
})
