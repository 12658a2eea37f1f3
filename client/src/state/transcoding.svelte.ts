import { isAborted, Problem, sentence } from '../api/problem'
import { TranscodingJobState, VideoState, type Transcoding } from '../api/types'
import { transcoding } from '../api/videos'

/** Milliseconds between two questions; after failed ones up to maxWait. */
const interval = 1000
const maxWait = 15_000

/** Whether nothing more will happen to a video by itself. */
export function isSettled(progress: Transcoding): boolean {
  if (progress.state.id === VideoState.ToTranscode) return false
  const open: number[] = [
    TranscodingJobState.Pending,
    TranscodingJobState.Processing,
    TranscodingJobState.WaitingForParent
  ]
  return !progress.jobs.some((job) => open.includes(job.state.id))
}

/** Follows the transcoding of one video until it is settled. */
export class TranscodingWatch {
  progress = $state.raw<Transcoding | null>(null)
  isSettled = $state(false)
  error = $state<string | null>(null)

  #abort = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0

  constructor(
    readonly uuid: string,
    private onSettled: (last: Transcoding) => void = () => undefined
  ) {}

  start(): this {
    void this.#ask()
    return this
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#abort.abort()
  }

  async #ask(): Promise<void> {
    try {
      const progress = await transcoding(this.uuid, this.#abort.signal)
      this.progress = progress
      this.error = null
      this.#failures = 0
      if (isSettled(progress)) {
        this.isSettled = true
        this.onSettled(progress)
        return
      }
    } catch (error) {
      if (isAborted(error)) return
      this.error = sentence(error)
      this.#failures++
      // Not ours, or gone: asking again will not change that.
      if (error instanceof Problem && [401, 403, 404].includes(error.status)) return
    }
    if (this.#abort.signal.aborted) return
    this.#timer = setTimeout(() => void this.#ask(), Math.min(interval * 2 ** this.#failures, maxWait))
  }
}
