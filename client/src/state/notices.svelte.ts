export interface Notice {
  id: number
  text: string
  isError: boolean
}

/** Milliseconds a notice stays; long enough to read two lines. */
const lifetime = 6000

class Notices {
  list = $state<Notice[]>([])
  #next = 1

  say(text: string): void {
    this.#add(text, false)
  }

  complain(text: string): void {
    this.#add(text, true)
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id)
  }

  #add(text: string, isError: boolean): void {
    const id = this.#next++
    this.list = [...this.list.slice(-2), { id, text, isError }]
    setTimeout(() => this.dismiss(id), lifetime)
  }
}

export const notices = new Notices()
