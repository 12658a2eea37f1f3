import { isAborted, sentence } from '../api/problem'
import { uploadVideo, type UploadedVideo, type UploadFields } from '../api/upload'
import { session } from './session.svelte'

type Stage = 'idle' | 'sending' | 'checking' | 'done' | 'failed'

/** The one upload of this tab. It lives outside the pages, so that a look at another page does not end it. */
class Upload {
  stage = $state<Stage>('idle')
  fileName = $state('')
  name = $state('')
  sent = $state(0)
  total = $state(0)
  error = $state<string | null>(null)
  video = $state.raw<UploadedVideo | null>(null)

  #abort = new AbortController()

  get isRunning(): boolean {
    return this.stage === 'sending' || this.stage === 'checking'
  }

  /** Whole percent of the bytes sent. */
  get percent(): number {
    return this.total > 0 ? Math.floor((this.sent / this.total) * 100) : 0
  }

  async start(file: File, fields: UploadFields): Promise<void> {
    this.#begin(file, fields)
    window.addEventListener('beforeunload', warn)
    try {
      // Renews a token that has run out now, and not after gigabytes have been sent.
      await session.refresh()
      this.video = await uploadVideo(file, fields, {
        signal: this.#abort.signal,
        onProgress: (sent, total) => {
          this.sent = sent
          this.total = total
          // All bytes are there: the server looks into the file.
          if (sent === total) this.stage = 'checking'
        }
      })
      this.stage = 'done'
    } catch (error) {
      this.stage = isAborted(error) ? 'idle' : 'failed'
      this.error = isAborted(error) ? null : sentence(error)
    } finally {
      window.removeEventListener('beforeunload', warn)
    }
  }

  #begin(file: File, fields: UploadFields): void {
    this.#abort = new AbortController()
    this.stage = 'sending'
    this.fileName = file.name
    this.name = fields.name
    this.sent = 0
    this.total = file.size
    this.error = null
    this.video = null
  }

  cancel(): void {
    this.#abort.abort()
  }

  /** Makes room for the next one. */
  reset(): void {
    this.cancel()
    this.stage = 'idle'
    this.error = null
    this.video = null
  }
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

export const upload = new Upload()
