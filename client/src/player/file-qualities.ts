import type { VideoFile } from '../api/types'
import { fileLabel } from '../text/file-label'
import type { Qualities } from './qualities'

/** The menu over plain files: each is a quality, none adapts. */
export class FileQualities implements Qualities {
  #listeners: (() => void)[] = []

  constructor(
    private files: VideoFile[],
    private playing: VideoFile,
    private play: (file: VideoFile) => void
  ) {}

  list() {
    return this.files.map(({ id, resolution, fps, width, height }) => ({
      id,
      label: fileLabel({ resolution, fps }),
      width,
      height
    }))
  }

  chosen() {
    return this.playing.id
  }

  current() {
    return fileLabel(this.playing)
  }

  choose(id: number) {
    const file = this.files.find((candidate) => candidate.id === id)
    if (!file || file === this.playing) return
    this.playing = file
    this.play(file)
    for (const listener of this.#listeners) listener()
  }

  onChange(listener: () => void) {
    this.#listeners.push(listener)
  }
}
