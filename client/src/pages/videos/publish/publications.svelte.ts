import { sentence } from '../../../api/problem'
import type { Transport } from '../../../api/resumable'
import type { ServerConfig, User } from '../../../api/types'
import { VideoPrivacy } from '../../../api/types'
import { videoUpload, type UploadAnswer, type UploadedVideo } from '../../../api/upload'
import { ResumableUpload } from '../../../state/resumable-upload.svelte'
import { uploadStatus } from '../../../state/upload-status.svelte'
import { emptyDraft, titleOf, type Draft } from '../../../video-form/draft'
import { VideoEntry } from '../../../video-form/entry.svelte'
import { forgetUpload, isSameFile, storedUploads, storeUpload, type StoredUpload } from './stored-uploads'

/** Files on their way at once. More would share the same line and end later. */
const atOnce = 2

/** What becomes of the words while the file is on its way. */
type Words = 'writing' | 'ready' | 'saving' | 'saved' | 'refused'

/** One file on its way to become a video, and what is said about it. */
export class Publication {
  readonly upload: ResumableUpload<UploadAnswer>
  readonly entry: VideoEntry
  words = $state<Words>('writing')
  error = $state<string | null>(null)
  isOpen = $state(true)
  sessionId: string | null

  constructor(
    readonly file: File,
    draft: Draft,
    private list: Publications,
    transport: Transport<UploadAnswer>,
    stored: StoredUpload | null,
    maxPart: number
  ) {
    this.entry = new VideoEntry(draft)
    this.sessionId = stored?.sessionId ?? null
    this.upload = new ResumableUpload(file, transport, {
      // Private until its words are there, whatever happens meanwhile.
      fields: {
        name: draft.name,
        channelId: Number(draft.channel),
        privacy: VideoPrivacy.Private,
        waitTranscoding: draft.waitTranscoding
      },
      ...(stored ? { sessionId: stored.sessionId } : {}),
      maxPart,
      onSession: (id) => this.#onSession(id),
      onStage: () => this.list.changed(this)
    })
  }

  get video(): UploadedVideo | null {
    return this.upload.result?.video ?? null
  }

  get isSaved(): boolean {
    return this.words === 'saved'
  }

  /** The words are complete; they are sent as soon as the video is there. */
  publish(): void {
    this.words = 'ready'
    this.error = null
    this.isOpen = false
    void this.save()
  }

  async save(): Promise<void> {
    if (!this.video || this.words !== 'ready') return
    this.words = 'saving'
    try {
      await this.entry.save(this.video.uuid)
      this.words = 'saved'
    } catch (thrown) {
      this.words = 'refused'
      this.isOpen = true
      this.error = sentence(thrown)
    }
    this.list.changed(this)
  }

  /** Keeps the words for a visit after a reload. */
  remember(): void {
    if (!this.sessionId || this.upload.stage === 'done') return
    const { name, size, lastModified } = this.file
    const draft = $state.snapshot(this.entry.draft)
    storeUpload(this.list.userId, { sessionId: this.sessionId, fileName: name, size, lastModified, draft })
  }

  #onSession(id: string | null): void {
    if (!id && this.sessionId) forgetUpload(this.list.userId, this.sessionId)
    this.sessionId = id
    this.remember()
  }
}

/** All files of this tab. They live outside the page, so that a look at another page does not end them. */
export class Publications {
  list = $state.raw<Publication[]>([])
  /** What an earlier visit has left unfinished. */
  unfinished = $state.raw<StoredUpload[]>([])
  userId = 0

  #isStarting = false

  constructor(private transport: Transport<UploadAnswer>) {}

  /** Shows what a user has left; another user's files do not stay. */
  enter(userId: number): void {
    if (userId !== this.userId) {
      for (const publication of this.list) publication.upload.pause()
      this.list = []
    }
    this.userId = userId
    this.unfinished = storedUploads(userId).filter(
      ({ sessionId }) => !this.list.some((publication) => publication.sessionId === sessionId)
    )
  }

  add(files: File[], user: Pick<User, 'videoChannels'>, config: ServerConfig | null): void {
    const maxPart = config?.client?.videos?.resumableUpload?.maxChunkSize ?? 0
    const added = files.map((file) => {
      const stored = this.unfinished.find((entry) => isSameFile(entry, file)) ?? null
      const draft = stored?.draft ?? emptyDraft(titleOf(file.name), user, config)
      return new Publication(file, draft, this, this.transport, stored, maxPart)
    })
    if (this.list.length + added.length > 1)
      for (const publication of [...this.list, ...added]) publication.isOpen = false
    const first = added[0]
    if (first) first.isOpen = true
    this.unfinished = this.unfinished.filter((entry) => !files.some((file) => isSameFile(entry, file)))
    this.list = [...this.list, ...added]
    this.#next()
  }

  async remove(publication: Publication): Promise<void> {
    this.list = this.list.filter((other) => other !== publication)
    this.#tell()
    await publication.upload.cancel()
  }

  async discard(stored: StoredUpload): Promise<void> {
    this.unfinished = this.unfinished.filter((entry) => entry !== stored)
    forgetUpload(this.userId, stored.sessionId)
    await this.transport.cancel(stored.sessionId).catch(() => undefined)
  }

  /** A publication has come into another stage. */
  changed(publication: Publication): void {
    if (publication.upload.stage === 'done') void publication.save()
    this.#next()
  }

  #next(): void {
    // A start is a change, which comes back here.
    if (this.#isStarting) return
    this.#isStarting = true
    const active = this.list.filter(({ upload }) => upload.isActive).length
    const waiting = this.list.filter(({ upload }) => upload.stage === 'waiting')
    for (const { upload } of waiting.slice(0, Math.max(0, atOnce - active))) upload.start()
    this.#isStarting = false
    this.#tell()
  }

  /** The header shows how far they are; leaving the page asks first while something would be lost. */
  #tell(): void {
    const uploads = this.list.map(({ upload }) => upload)
    uploadStatus.open = uploads.filter(({ stage }) => stage !== 'done' && stage !== 'cancelled')
    if (this.list.some(({ upload, words }) => upload.stage !== 'cancelled' && words !== 'saved')) {
      window.addEventListener('beforeunload', warn)
    } else window.removeEventListener('beforeunload', warn)
  }
}

function warn(event: BeforeUnloadEvent): void {
  event.preventDefault()
}

export const publications = new Publications(videoUpload)
