import type { Chapter } from '../api/types'
import { deleteCaption, saveCaption, saveChapters, saveThumbnail, saveVideo } from '../api/video-edit'
import type { PendingCaption } from './captions'
import { chapterFaults, chaptersOf, rowsOf, type ChapterRow } from './chapters'
import { attributesOf, faultsOf, type Draft, type Faults } from './draft'

/** What somebody is writing about one video, with everything that is no plain field, and the way to the server. */
export class VideoEntry {
  draft = $state<Draft>() as Draft
  thumbnail = $state.raw<Blob | null>(null)
  captions = $state.raw<PendingCaption[]>([])
  deletedCaptions = $state.raw<string[]>([])
  chapters = $state<ChapterRow[]>([])

  #knownChapters: string

  constructor(draft: Draft, chapters: Chapter[] = []) {
    this.draft = draft
    this.chapters = rowsOf(chapters)
    this.#knownChapters = JSON.stringify(chapters)
  }

  faults(now: Date): Faults {
    return faultsOf(this.draft, now)
  }

  /** Whether it can be sent. `duration` in seconds; 0 when it is not known. */
  isSound(now: Date, duration: number): boolean {
    return (
      Object.keys(this.faults(now)).length === 0 &&
      Object.keys(chapterFaults(this.chapters, duration)).length === 0
    )
  }

  /**
   * Sends all of it, one thing after the other. What has arrived is not sent again when a later thing is refused
   * and the person tries once more.
   */
  async save(uuid: string): Promise<void> {
    const attributes = attributesOf(this.draft)
    await saveVideo(uuid, attributes)
    if (this.thumbnail) {
      await saveThumbnail(uuid, this.thumbnail, attributes.videoPasswords)
      this.thumbnail = null
    }
    for (const language of this.deletedCaptions) {
      await deleteCaption(uuid, language)
      this.deletedCaptions = this.deletedCaptions.filter((other) => other !== language)
    }
    for (const caption of this.captions) {
      await saveCaption(uuid, caption.language, caption.file)
      this.captions = this.captions.filter((other) => other !== caption)
    }
    const chapters = chaptersOf(this.chapters)
    const written = JSON.stringify(chapters)
    if (written !== this.#knownChapters) {
      await saveChapters(uuid, chapters)
      this.#knownChapters = written
    }
  }
}
