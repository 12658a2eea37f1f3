interface Sent {
  sent: number
  total: number
}

/** What the header says about uploads; the uploads themselves are code of the page that makes them. */
class UploadStatus {
  /** Files that are not on the server yet. */
  open = $state.raw<Sent[]>([])

  get isRunning(): boolean {
    return this.open.length > 0
  }

  /** Whole percent of all their bytes. */
  get percent(): number {
    const sum = (of: 'sent' | 'total') => this.open.reduce((total, upload) => total + upload[of], 0)
    return sum('total') > 0 ? Math.floor((sum('sent') / sum('total')) * 100) : 0
  }
}

export const uploadStatus = new UploadStatus()
