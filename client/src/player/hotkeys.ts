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

/** What else keys do where the page offers it. */
export interface KeyActions {
  theatre?: () => void
  help?: () => void
}

export const playbackRates = [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]

/** Seconds of one picture, as good as can be known without asking the file: most videos have 25 to 30 a second. */
const frame = 1 / 30

/** The keys and what they do, as the help shows them. */
export const keyHelp: readonly (readonly [keys: string, what: string])[] = [
  ['Space, k', 'Play or pause'],
  ['← →', 'Back or forward 5 seconds'],
  ['↑ ↓', 'Louder or quieter'],
  ['m', 'Mute or unmute'],
  ['f', 'Full screen'],
  ['t', 'Theatre mode'],
  ['0 – 9', 'Go to 0 % – 90 % of the video'],
  ['< >', 'Slower or faster'],
  [', .', 'One picture back or forward, while paused']
]

/** Does what PeerTube's player does on a key; answers whether the key meant anything. */
export function pressed(player: KeyTarget, key: string, actions: KeyActions = {}): boolean {
  const seek = (by: number) => {
    const end = player.duration() ?? 0
    player.currentTime(Math.min(Math.max((player.currentTime() ?? 0) + by, 0), end))
  }
  const louder = (by: number) => {
    player.muted(false)
    player.volume(Math.min(Math.max((player.volume() ?? 1) + by, 0), 1))
  }
  const faster = (steps: number) => {
    const index = playbackRates.indexOf(player.playbackRate() ?? 1)
    const rate = playbackRates[(index < 0 ? playbackRates.indexOf(1) : index) + steps]
    if (rate !== undefined) player.playbackRate(rate)
  }
  const step = (by: number) => {
    if (player.paused()) seek(by)
  }

  const meanings: Record<string, (() => void) | undefined> = {
    ' ': () => void (player.paused() ? player.play() : player.pause()),
    k: () => void (player.paused() ? player.play() : player.pause()),
    f: () => void (player.isFullscreen() ? player.exitFullscreen() : player.requestFullscreen()),
    m: () => void player.muted(!player.muted()),
    t: actions.theatre,
    '?': actions.help,
    ArrowLeft: () => seek(-5),
    ArrowRight: () => seek(5),
    ArrowUp: () => louder(0.05),
    ArrowDown: () => louder(-0.05),
    '<': () => faster(-1),
    '>': () => faster(1),
    ',': () => step(-frame),
    '.': () => step(frame)
  }
  const action = /^[0-9]$/.test(key)
    ? () => void player.currentTime(((player.duration() ?? 0) * Number(key)) / 10)
    : meanings[key]
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
