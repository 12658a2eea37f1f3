import { remember, remembered } from './storage'

interface Sound {
  volume(level?: number): number | undefined
  muted(value?: boolean): boolean | undefined
  on(event: string, listener: () => void): void
}

/** Volume and mute outlive the page. */
export function rememberVolume(player: Sound): void {
  const level = Number.parseFloat(remembered('volume') ?? '')
  if (level >= 0 && level <= 1) player.volume(level)
  if (remembered('mute') === 'true') player.muted(true)

  player.on('volumechange', () => {
    remember('volume', String(player.volume()))
    remember('mute', String(player.muted()))
  })
}
