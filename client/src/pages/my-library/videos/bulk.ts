import { VideoPrivacy } from '../../../api/types'

/** The privacies many videos can be given at once: a password is a matter of each. */
export function bulkPrivacies(privacies: [string, string][]): [string, string][] {
  return privacies.filter(([id]) => Number(id) !== VideoPrivacy.PasswordProtected)
}
