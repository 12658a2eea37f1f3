import type { Reported } from '../api/abuses'
import { router } from '../router/router.svelte'
import { session } from '../state/session.svelte'

export interface Question {
  what: Reported
  /** Of the dialog: "Report the video “Harbour”". */
  title: string
  /** Of a video: where it is being watched, in seconds. */
  time?: number
}

/** What somebody is about to report; the dialog itself is loaded by then. */
class Reporting {
  asked = $state.raw<Question | null>(null)

  begin(question: Question): void {
    if (session.user) this.asked = question
    else router.go(`/login?next=${encodeURIComponent(location.pathname + location.search)}`)
  }

  end(): void {
    this.asked = null
  }
}

export const reporting = new Reporting()
