/** Volume and mute outlive the page, under the keys of PeerTube's player. */
const volumeKey = 'peertube-videojs-volume'
const muteKey = 'peertube-videojs-mute'

interface Sound {
  volume(level?: number): number | undefined
  muted(value?: boolean): boolean | undefined
  on(event: string, listener: () => void): void
}

export function rememberVolume(player: Sound): void {
  const level = Number.parseFloat(localStorage.getItem(volumeKey) ?? '')
  if (level >= 0 && level <= 1) player.volume(level)
  if (localStorage.getItem(muteKey) === 'true') player.muted(true)

  player.on('volumechange', () => {
    localStorage.setItem(volumeKey, String(player.volume()))
    localStorage.setItem(muteKey, String(player.muted()))
  })
}
