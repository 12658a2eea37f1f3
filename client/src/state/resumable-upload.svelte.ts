import { isAborted, Problem, sentence } from '../api/problem'
import { Busy, type PartAnswer, type Transport } from '../api/resumable'

export type UploadStage =
  | 'waiting'
  | 'sending'
  | 'paused'
  /** The connection broke; it is tried again by itself. */
  | 'retrying'
  /** All bytes are there: the server looks into the file. */
  | 'finishing'
  | 'done'
  | 'failed'
  | 'cancelled'

/** Bytes of a part: begins small, so that a slow line shows progress, grows while parts go fast, shrinks when one breaks. */
export const partSize = { first: 1 << 20, min: 1 << 18, max: 1 << 26 } as const

/** A part that took less than this many milliseconds lets the next be twice as long. */
const fast = 4000

/** Attempts in a row that bring no byte, before a person has to say "again". */
export const patience = 8

/** Milliseconds before an attempt; the server's own wish is kept to, up to the longest. */
const wait = { first: 1000, longest: 30_000 } as const

export interface ResumableOptions {
  /** What the server may need to know with the first request. */
  fields?: Record<string, unknown>
  /** A session of an earlier visit. */
  sessionId?: string
  /** The longest part the server takes; 0 for any. */
  maxPart?: number
  /** Is told the id of a session as soon as there is one, null when it is over. */
  onSession?: (id: string | null) => void
  /** Is told whenever the stage has changed. */
  onStage?: (stage: UploadStage) => void
  now?: () => number
}

/** One file on its way to the server: in parts, with pauses, through broken connections and reloads of the page. */
export class ResumableUpload<T> {
  #stage = $state<UploadStage>('waiting')
  /** Bytes that have left; while a part is on its way more than the server has confirmed. */
  sent = $state(0)
  error = $state<string | null>(null)
  result = $state.raw<T | null>(null)

  #id: string | null
  #confirmed = 0
  #part: number = partSize.first
  #failures = 0
  #abort: AbortController | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    readonly file: File,
    private transport: Transport<T>,
    private options: ResumableOptions = {}
  ) {
    this.#id = options.sessionId ?? null
  }

  get stage(): UploadStage {
    return this.#stage
  }

  #enter(stage: UploadStage): void {
    if (stage === this.#stage) return
    this.#stage = stage
    this.options.onStage?.(stage)
  }

  get total(): number {
    return this.file.size
  }

  /** Whole percent of the bytes. */
  get percent(): number {
    return this.total > 0 ? Math.floor((this.sent / this.total) * 100) : 0
  }

  get isActive(): boolean {
    return this.stage === 'sending' || this.stage === 'retrying' || this.stage === 'finishing'
  }

  /** Begins, or goes on after a pause or a failure. */
  start(): void {
    if (this.isActive || this.stage === 'done' || this.stage === 'cancelled') return
    this.#failures = 0
    void this.#run()
  }

  pause(): void {
    if (!this.isActive) return
    this.#stop()
    this.#enter('paused')
    this.sent = this.#confirmed
  }

  /** Ends it here and on the server. */
  async cancel(): Promise<void> {
    if (this.stage === 'done' || this.stage === 'cancelled') return
    this.#stop()
    this.#enter('cancelled')
    const id = this.#id
    this.#forget()
    // The server sweeps sessions nobody goes on with, so a request that does not arrive costs some disk for a while only.
    if (id) await this.transport.cancel(id).catch(() => undefined)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#abort?.abort()
    this.#abort = null
  }

  #forget(): void {
    this.#id = null
    this.options.onSession?.(null)
  }

  async #run(): Promise<void> {
    const abort = new AbortController()
    this.#abort = abort
    this.#enter('sending')
    this.error = null
    try {
      let answer = await this.#begin(abort.signal)
      while (!answer.isDone) {
        this.#confirm(answer.sent)
        answer = await this.#sendPart(abort.signal)
      }
      this.#finish(answer.body)
    } catch (error) {
      // A pause or a cancellation has said already what the stage is.
      if (abort.signal.aborted || isAborted(error)) return
      this.#fail(error)
    }
  }

  /** Finds out where to go on: from a known session, or from a new one. */
  async #begin(signal: AbortSignal): Promise<PartAnswer<T>> {
    if (this.#id) {
      try {
        return await this.transport.offset(this.#id, this.total, signal)
      } catch (error) {
        if (!(error instanceof Problem) || (error.status !== 404 && error.status !== 403)) throw error
        if (this.#confirmed >= this.total) {
          throw new Problem(
            410,
            'The server has the whole file, but its answer was lost. Look into “My videos”.'
          )
        }
        this.#forget()
      }
    }
    const { name, size, type, lastModified } = this.file
    const session = await this.transport.open(
      { name, size, type, lastModified },
      this.options.fields ?? {},
      signal
    )
    this.#id = session.id
    this.options.onSession?.(session.id)
    return { isDone: false, sent: session.sent }
  }

  async #sendPart(signal: AbortSignal): Promise<PartAnswer<T>> {
    // A server that has every byte and still wants a part gets the last byte again: a part cannot be empty.
    const start = Math.min(this.#confirmed, this.total - 1)
    const bytes = this.file.slice(start, start + this.#partLength())
    const began = this.#now()
    const answer = await this.transport.send(
      this.#id ?? '',
      { bytes, start, total: this.total },
      {
        signal,
        onProgress: (sent) => {
          this.sent = Math.min(start + sent, this.total)
          if (this.sent === this.total) this.#enter('finishing')
        }
      }
    )
    if (this.#now() - began < fast) this.#part = Math.min(this.#part * 2, partSize.max)
    return answer
  }

  #partLength(): number {
    const { maxPart = 0 } = this.options
    return maxPart > 0 ? Math.min(this.#part, maxPart) : this.#part
  }

  #confirm(sent: number): void {
    if (sent > this.#confirmed) this.#failures = 0
    this.#confirmed = Math.min(sent, this.total)
    this.sent = this.#confirmed
    this.#enter('sending')
  }

  #finish(body: T): void {
    this.sent = this.total
    this.result = body
    this.#enter('done')
    this.#abort = null
    this.#forget()
  }

  #fail(error: unknown): void {
    this.#part = Math.max(this.#part / 2, partSize.min)
    this.error = sentence(error)
    if (this.sent < this.total) this.sent = this.#confirmed
    else this.#confirmed = this.total
    this.#failures++
    if (!passes(error) || this.#failures > patience) {
      this.#enter('failed')
      return
    }
    this.#enter(this.sent === this.total ? 'finishing' : 'retrying')
    this.#timer = setTimeout(() => void this.#run(), this.#delay(error))
  }

  #delay(error: unknown): number {
    const wished = error instanceof Busy ? error.retryAfter * 1000 : 0
    return Math.min(Math.max(wished, wait.first * 2 ** (this.#failures - 1)), wait.longest)
  }

  #now(): number {
    return (this.options.now ?? Date.now)()
  }
}

/** Whether the same request may succeed later: no connection, a server in trouble or busy, a part that arrived damaged. */
function passes(error: unknown): boolean {
  return (
    error instanceof Problem &&
    (error.status === 0 || error.status >= 500 || [408, 423, 429, 460].includes(error.status))
  )
}
