import { isAborted, Problem, sentence } from '../../api/problem'
import { VideoPrivacy, VideoState, type Video } from '../../api/types'
import { fileToken, video } from '../../api/videos'
import { isPlayable, playbackOf } from '../../player/playback'

/** Milliseconds between two looks at a video that cannot be played yet. */
const lookInterval = 5000

const restricted: number[] = [VideoPrivacy.Private, VideoPrivacy.Internal]

/** The video of the watch page. While it is being transcoded it is asked for again until it can be played. */
export class WatchedVideo {
  video = $state.raw<Video | null>(null)
  error = $state.raw<{ status: number; detail: string } | null>(null)
  fileToken = $state<string | null>(null)

  #abort = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(private id: string) {}

  get isPlayable(): boolean {
    return this.video !== null && isPlayable(playbackOf(this.video))
  }

  get isRestricted(): boolean {
    return this.video !== null && restricted.includes(this.video.privacy.id)
  }

  async load(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      const found = await video(this.id, this.#abort.signal)
      if (restricted.includes(found.privacy.id) && isPlayable(playbackOf(found))) {
        // Without one the stream plays all the same, its requests carry the session; only plain files do not.
        this.fileToken = await fileToken(found.uuid, this.#abort.signal).catch(() => null)
      }
      this.error = null
      this.video = found
    } catch (thrown) {
      if (isAborted(thrown)) return
      // What is on screen already is worth more than an error about a later look.
      if (this.video === null) {
        this.error = { status: thrown instanceof Problem ? thrown.status : 0, detail: sentence(thrown) }
      }
    }
    const mayCome = this.video?.state.id === VideoState.ToTranscode && !this.isPlayable
    if (mayCome && !this.#abort.signal.aborted) this.#timer = setTimeout(() => void this.load(), lookInterval)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#abort.abort()
  }
}
