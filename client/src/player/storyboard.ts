import type { Storyboard } from '../api/types'

/** Where in the picture of all sprites the one of a moment is, in pixels. */
export interface Sprite {
  url: string
  x: number
  y: number
  width: number
  height: number
}

export function spriteAt(storyboard: Storyboard, seconds: number): Sprite {
  const { spriteWidth: width, spriteHeight: height, totalWidth, totalHeight, spriteDuration } = storyboard
  const columns = Math.max(1, Math.floor(totalWidth / width))
  const rows = Math.max(1, Math.floor(totalHeight / height))
  const index = Math.min(Math.floor(seconds / Math.max(spriteDuration, 1)), columns * rows - 1)
  const column = Math.max(index, 0) % columns
  const row = Math.floor(Math.max(index, 0) / columns)
  return {
    url: storyboard.fileUrl ?? storyboard.storyboardPath,
    x: column * width,
    y: row * height,
    width,
    height
  }
}
