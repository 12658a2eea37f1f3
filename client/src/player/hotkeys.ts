/** The part of the video.js player that the keys move. */
export interface KeyTarget {
  paused(): boolean
  play(): Promise<void> | undefined
  pause(): void
  currentTime(seconds?: number): number | undefined
  duration(): number | undefined
  volume(level?: number): number | undefined
  muted(value?: boolean): boolean | undefined
  isFullscreen(): boolean | undefined
  requestFullscreen(): unknown
  exitFullscreen(): unknown
  playbackRate(rate?: number): number | undefined
}

const rates = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

/** Does what PeerTube's player does on a key; answers whether the key meant anything. */
export function pressed(player: KeyTarget, key: string): boolean {
  const seek = (by: number) => {
    const end = player.duration() ?? 0
    player.currentTime(Math.min(Math.max((player.currentTime() ?? 0) + by, 0), end))
  }
  const louder = (by: number) => {
    player.muted(false)
    player.volume(Math.min(Math.max((player.volume() ?? 1) + by, 0), 1))
  }
  const faster = (steps: number) => {
    const index = rates.indexOf(player.playbackRate() ?? 1)
    const rate = rates[(index < 0 ? rates.indexOf(1) : index) + steps]
    if (rate !== undefined) player.playbackRate(rate)
  }

  const actions: Record<string, () => void> = {
    ' ': () => void (player.paused() ? player.play() : player.pause()),
    k: () => void (player.paused() ? player.play() : player.pause()),
    f: () => void (player.isFullscreen() ? player.exitFullscreen() : player.requestFullscreen()),
    m: () => void player.muted(!player.muted()),
    ArrowLeft: () => seek(-5),
    ArrowRight: () => seek(5),
    ArrowUp: () => louder(0.05),
    ArrowDown: () => louder(-0.05),
    '<': () => faster(-1),
    '>': () => faster(1)
  }
  const action = /^[0-9]$/.test(key)
    ? () => void player.currentTime(((player.duration() ?? 0) * Number(key)) / 10)
    : actions[key]
  action?.()
  return action !== undefined
}

/** Whether a key pressed there belongs to the control that has the focus. */
export function isTakenBy(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('input, textarea, select, [contenteditable], dialog')) return true
  if (key === ' ' && target.closest('button, a, summary, [role^="menuitem"]')) return true
  // Sliders and menus of the player move by the arrows themselves.
  return key.startsWith('Arrow') && target.closest('[role="slider"], [role="menu"], .vjs-menu') !== null
}
