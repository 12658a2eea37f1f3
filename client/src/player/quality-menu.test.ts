// @vitest-environment jsdom
import videojs from 'video.js/core'
import { describe, expect, it } from 'vitest'
import type { Qualities } from './qualities'
import { addQualityMenu } from './quality-menu'

function qualities(...labels: string[]): Qualities {
  const list = labels.map((label, id) => ({ id, label, height: Number.parseInt(label) }))
  return {
    list: () => list,
    chosen: () => 0,
    current: () => labels[0] ?? '',
    choose: () => undefined,
    onChange: () => undefined
  } as unknown as Qualities
}

describe('The quality menu', () => {
  const element = document.createElement('video')
  document.body.append(element)
  const player = videojs(element, { controls: true })

  it('is there for a choice, and not for one quality', () => {
    const menu = addQualityMenu(player)
    const isHidden = () => document.querySelector('.vidilog-quality')?.classList.contains('vjs-hidden')
    menu.offer(qualities('480p', '240p'))
    expect(isHidden()).toBe(false)
    menu.offer(qualities('480p'))
    expect(isHidden()).toBe(true)
    menu.offer(qualities('480p', '240p'))
    expect(isHidden()).toBe(false)
  })
})
