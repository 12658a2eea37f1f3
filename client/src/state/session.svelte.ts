import * as oauth from '../api/oauth'
import { Problem } from '../api/problem'
import { whenSessionEnds } from '../api/request'
import { onTokensChangedElsewhere, storedTokens } from '../api/tokens'
import type { User, VideoSummary } from '../api/types'
import { me } from '../api/users'

/** PeerTube's roles whose holders may manage the videos of others: administrator and moderator. */
const staff = [0, 1]

class Session {
  user = $state.raw<User | null>(null)
  /** False until it is known whether somebody is logged in. */
  isKnown = $state(false)

  start(): Promise<void> {
    whenSessionEnds(() => (this.user = null))
    onTokensChangedElsewhere(() => void this.refresh())
    return this.refresh()
  }

  /** Asks the server who is logged in; without a token nobody is, and nothing is asked. */
  async refresh(): Promise<void> {
    try {
      this.user = storedTokens() ? await me() : null
    } catch (error) {
      // Refused means logged out; anything else may pass, so what was known stays.
      if (error instanceof Problem && error.status === 401) this.user = null
    } finally {
      this.isKnown = true
    }
  }

  async logIn(username: string, password: string): Promise<void> {
    await oauth.logIn(username, password)
    this.user = await me()
  }

  async logOut(): Promise<void> {
    this.user = null
    await oauth.logOut()
  }

  /** Whether this user may see how a video is being processed, and change it. */
  manages(video: VideoSummary): boolean {
    if (!this.user || !video.isLocal) return false
    return staff.includes(this.user.role.id) || this.user.account.id === video.account.id
  }
}

export const session = new Session()
