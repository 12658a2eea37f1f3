import { Problem, sentence } from '../api/problem'

/** The sending of one form: busy meanwhile, and afterwards what was wrong, as a whole and by field. */
export class Submission {
  isBusy = $state(false)
  error = $state<string | null>(null)
  faults = $state.raw<Record<string, string>>({})

  /** Answers whether the work was done. */
  async run(work: () => Promise<void>): Promise<boolean> {
    if (this.isBusy) return false
    this.isBusy = true
    this.error = null
    this.faults = {}
    try {
      await work()
      return true
    } catch (thrown) {
      this.faults = thrown instanceof Problem ? thrown.fields : {}
      if (thrown instanceof Problem && thrown.code === 'current_password_is_invalid') {
        this.faults = { currentPassword: 'This is not your password.' }
      } else this.error = sentence(thrown)
      return false
    } finally {
      this.isBusy = false
    }
  }

  /** Refuses it here, before anything is sent. */
  refuse(faults: Record<string, string>): void {
    this.faults = faults
    this.error = null
  }
}
