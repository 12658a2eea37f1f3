import type { Player } from '../../player/player'
import { remember, remembered } from '../../player/storage'

/** What is happening in the player, for the parts of the page around it. */
export class Watching {
  /** Whole seconds. */
  time = $state(0)
  hasEnded = $state(false)
  isTheatre = $state(remembered('theater-enabled') === 'true')
  isHelpOpen = $state(false)

  #player: Player | null = null

  follow(player: Player): void {
    this.#player = player
    player.sayTheatre(this.isTheatre)
    const { videojs } = player
    videojs.on('timeupdate', () => (this.time = Math.floor(videojs.currentTime() ?? 0)))
    videojs.on('ended', () => (this.hasEnded = true))
    videojs.on(['play', 'seeking'], () => (this.hasEnded = false))
  }

  leave(): void {
    this.#player = null
  }

  seek(seconds: number): void {
    if (!this.#player) return
    this.#player.videojs.currentTime(seconds)
    void this.#player.videojs.play()
    this.#player.videojs.el().scrollIntoView({ block: 'nearest' })
  }

  toggleTheatre(): void {
    this.isTheatre = !this.isTheatre
    remember('theater-enabled', String(this.isTheatre))
    this.#player?.sayTheatre(this.isTheatre)
  }
}
