import type { Draft } from '../../../video-form/draft'

/** What is kept of an upload, so that it can go on after the page was loaded again. The file itself cannot be kept. */
export interface StoredUpload {
  sessionId: string
  fileName: string
  size: number
  lastModified: number
  draft: Draft
}

/** The server sweeps sessions nobody goes on with; older ones are not worth showing. */
const lifetime = 2 * 24 * 60 * 60 * 1000

const keyOf = (userId: number) => `vidilog_uploads_${userId}`

type Entry = StoredUpload & { at: number }

export function storedUploads(userId: number, now = Date.now()): StoredUpload[] {
  return read(userId).filter(({ at }) => now - at < lifetime)
}

export function storeUpload(userId: number, upload: StoredUpload, now = Date.now()): void {
  const others = read(userId).filter(({ sessionId }) => sessionId !== upload.sessionId)
  write(userId, [...others, { ...upload, at: now }])
}

export function forgetUpload(userId: number, sessionId: string): void {
  write(
    userId,
    read(userId).filter((entry) => entry.sessionId !== sessionId)
  )
}

/** Whether a file is the one that was being sent. */
export function isSameFile(
  stored: StoredUpload,
  file: Pick<File, 'name' | 'size' | 'lastModified'>
): boolean {
  return (
    stored.fileName === file.name && stored.size === file.size && stored.lastModified === file.lastModified
  )
}

function read(userId: number): Entry[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(keyOf(userId)) ?? '[]')
    return Array.isArray(list)
      ? (list as Entry[]).filter((entry) => typeof entry?.sessionId === 'string')
      : []
  } catch {
    return []
  }
}

function write(userId: number, entries: Entry[]): void {
  try {
    if (entries.length === 0) localStorage.removeItem(keyOf(userId))
    else localStorage.setItem(keyOf(userId), JSON.stringify(entries))
  } catch {
    // No storage, or none left: the upload goes on, it will not survive a reload.
  }
}
