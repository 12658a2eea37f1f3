import { isAborted, Problem, sentence } from '../../api/problem'
import { authorization } from '../../api/tokens'
import {
  VideoPrivacy,
  VideoState,
  type Caption,
  type Chapter,
  type Storyboard,
  type Video
} from '../../api/types'
import { captions, chapters, fileToken, passwordHeader, storyboard, watchedVideo } from '../../api/watch'
import { isPlayable, playbackOf } from '../../player/playback'

/** Milliseconds between two looks at a video that cannot be played yet. */
const lookInterval = 5000

const restricted: number[] = [VideoPrivacy.Private, VideoPrivacy.Internal, VideoPrivacy.PasswordProtected]

/** PeerTube's codes for a video that wants a password. */
const passwordCodes = ['video_requires_password', 'incorrect_video_password']

/** The video of the watch page. While it is being transcoded it is asked for again until it can be played. */
export class WatchedVideo {
  video = $state.raw<Video | null>(null)
  error = $state.raw<{ status: number; detail: string } | null>(null)
  /** Whether the video waits for a password, and whether the last one was wrong. */
  password = $state.raw<{ isWrong: boolean } | null>(null)
  fileToken = $state<string | null>(null)
  captions = $state.raw<Caption[] | null>(null)
  chapters = $state.raw<Chapter[]>([])
  storyboard = $state.raw<Storyboard | null>(null)

  #abort = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #secret: string | null = null
  #hasExtras = false

  constructor(private id: string) {}

  get isPlayable(): boolean {
    return this.video !== null && isPlayable(playbackOf(this.video))
  }

  get isRestricted(): boolean {
    return this.video !== null && restricted.includes(this.video.privacy.id)
  }

  /** The password that opened the video, null when it has none. */
  get secret(): string | null {
    return this.#secret
  }

  /** Headers for requests about the files of the video. */
  headers(): Record<string, string> {
    if (!this.isRestricted) return {}
    const bearer = authorization()
    return { ...(bearer && { Authorization: bearer }), ...passwordHeader(this.#secret) }
  }

  async unlock(password: string): Promise<void> {
    this.#secret = password
    await this.load()
  }

  async load(): Promise<void> {
    clearTimeout(this.#timer)
    try {
      const found = await watchedVideo(this.id, this.#asked())
      if (restricted.includes(found.privacy.id) && isPlayable(playbackOf(found))) {
        // Without one the stream plays all the same, its requests carry the session; only plain files do not.
        this.fileToken = await fileToken(found.uuid, this.#asked()).catch(() => null)
      }
      this.error = null
      this.password = null
      this.video = found
      void this.#loadExtras(found.uuid)
    } catch (thrown) {
      this.#onFailure(thrown)
    }
    const mayCome = this.video?.state.id === VideoState.ToTranscode && !this.isPlayable
    if (mayCome && !this.#abort.signal.aborted) this.#timer = setTimeout(() => void this.load(), lookInterval)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#abort.abort()
  }

  #asked() {
    return { password: this.#secret, signal: this.#abort.signal }
  }

  #onFailure(thrown: unknown): void {
    if (isAborted(thrown)) return
    if (thrown instanceof Problem && thrown.code !== null && passwordCodes.includes(thrown.code)) {
      this.password = { isWrong: this.#secret !== null }
      return
    }
    // What is on screen already is worth more than an error about a later look.
    if (this.video === null) {
      this.error = { status: thrown instanceof Problem ? thrown.status : 0, detail: sentence(thrown) }
    }
  }

  /** What makes watching nicer and is no reason to wait: each comes when it comes, or not at all. */
  async #loadExtras(uuid: string): Promise<void> {
    if (this.#hasExtras) return
    this.#hasExtras = true
    const asked = this.#asked()
    await Promise.all([
      captions(uuid, asked).then(
        (found) => (this.captions = found),
        () => (this.captions = [])
      ),
      chapters(uuid, asked).then(
        (found) => (this.chapters = found),
        () => undefined
      ),
      storyboard(uuid, asked).then(
        (found) => (this.storyboard = found),
        () => undefined
      )
    ])
  }
}
