import { describe, expect, it, vi } from 'vitest'
import { Channel, type Here } from './channel'
import { parametersOf } from './parameters'

describe('The parameters of an embedded player', () => {
  const of = (query: string) => parametersOf(new URLSearchParams(query))

  it('have the defaults of PeerTube', () => {
    expect(of('')).toEqual({
      autoplay: false,
      muted: undefined,
      loop: false,
      controls: true,
      controlBar: true,
      title: true,
      peertubeLink: true,
      start: 0,
      stop: 0,
      playbackRate: 0,
      subtitle: null,
      mode: null,
      api: false,
      scope: 'peertube',
      waitPasswordFromEmbedAPI: false,
      bigPlayBackgroundColor: null,
      foregroundColor: null
    })
  })

  it('are switched by 1, true and 0', () => {
    const { autoplay, muted, title, controls } = of('autoplay=1&muted=true&title=0&controls=false')
    expect([autoplay, muted, title, controls]).toEqual([true, true, false, false])
  })

  it('name times, colours, captions and a mode', () => {
    const { start, stop, subtitle, mode, foregroundColor, playbackRate } = of(
      'start=1m30s&stop=120&subtitle=fr&mode=webtorrent&foregroundColor=%23fff&playbackRate=1.5'
    )
    expect([start, stop, subtitle, mode, foregroundColor, playbackRate]).toEqual([
      ...[90, 120, 'fr', 'web-video', '#fff', 1.5]
    ])
  })
})

describe('A channel', () => {
  /** Two windows; what one posts the other hears at once, or never while it is away. */
  function pair(isThere = () => true) {
    const listeners: ((event: MessageEvent) => void)[][] = [[], []]
    const windows = [0, 1].map((side) => ({
      postMessage: (data: string) => {
        if (!isThere()) return
        for (const listener of listeners[side]!) listener({ data, source: windows[1 - side] } as MessageEvent)
      }
    })) as Window[]
    const here = (side: number): Here => ({
      addEventListener: (_kind, listener) => void listeners[side]!.push(listener)
    })
    return {
      windows,
      parent: new Channel(windows[1]!, 'peertube', here(0)),
      frame: new Channel(windows[0]!, 'peertube', here(1))
    }
  }

  it('carries calls and their results, and notices', async () => {
    const { parent, frame } = pair()
    const heard = vi.fn()
    frame.bind('getVolume', () => 0.5)
    parent.bind('ready', heard)
    frame.open()
    frame.notify('ready', true)
    expect(await parent.call('getVolume')).toBe(0.5)
    expect(heard).toHaveBeenCalledExactlyOnceWith(true)
  })

  it('keeps what is said until the other side is there', async () => {
    let isThere = false
    const { parent, frame } = pair(() => isThere)
    frame.bind('play', () => 'done')
    parent.open()
    const answer = parent.call('play')
    isThere = true
    frame.open()
    expect(await answer).toBe('done')
  })

  it('says what went wrong, and which methods there are not', async () => {
    const { parent, frame } = pair()
    frame.bind('seek', () => {
      throw new Error('not ready')
    })
    frame.open()
    await expect(parent.call('seek')).rejects.toThrow('not ready')
    await expect(parent.call('fly')).rejects.toThrow("No method 'fly' was (yet) bound by the provider")
  })

  it('is deaf to other scopes, other windows and to what is no message', () => {
    const { windows, frame } = pair()
    const heard = vi.fn()
    frame.bind('play', heard)
    for (const text of ['{"method":"other::play"}', 'no json', '7', '{"id":9,"result":1}'])
      windows[1]!.postMessage(text, '*')
    expect(heard).not.toHaveBeenCalled()
  })
})
