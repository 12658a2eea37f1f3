import { serverConfig } from '../api/config'
import { Problem, sentence } from '../api/problem'
import { authorization } from '../api/tokens'
import { VideoPrivacy, VideoState, type Video } from '../api/types'
import { reportView } from '../api/videos'
import { captions, chapters, fileToken, passwordHeader, storyboard, watchedVideo } from '../api/watch'
import { isPlayable, playbackOf } from '../player/playback'
import { Player } from '../player/player'
import { viewSession, ViewReports } from '../player/view-reports'
import { watchPath } from '../text/addresses'
import { EmbedApi } from './api'
import { Channel } from './channel'
import { askPassword, dock, instanceLink, say } from './furniture'
import { parametersOf, type Parameters } from './parameters'

const restricted: number[] = [VideoPrivacy.Private, VideoPrivacy.Internal, VideoPrivacy.PasswordProtected]

/** One video in a frame of another page. */
export class Embed {
  #api: EmbedApi | null = null
  #password: string | null = null
  #parameters: Parameters

  constructor(
    private root: HTMLElement,
    private id: string,
    query: URLSearchParams
  ) {
    this.#parameters = parametersOf(query)
    const { api, scope, bigPlayBackgroundColor, foregroundColor } = this.#parameters
    if (bigPlayBackgroundColor) root.style.setProperty('--embed-big-play', bigPlayBackgroundColor)
    if (foregroundColor) root.style.setProperty('--embed-foreground', foregroundColor)
    if (api && window.parent !== window) {
      this.#api = new EmbedApi(new Channel(window.parent, scope), (password) => void this.#unlock(password))
    }
  }

  async load(): Promise<void> {
    try {
      const video = await watchedVideo(this.id, { password: this.#password })
      if (isPlayable(playbackOf(video))) await this.#show(video)
      else say(this.root, this.#reason(video))
    } catch (thrown) {
      this.#onFailure(thrown)
    }
  }

  async #unlock(password: string): Promise<void> {
    this.#password = password
    await this.load()
  }

  #onFailure(thrown: unknown): void {
    const code = thrown instanceof Problem ? thrown.code : null
    if (code === 'video_requires_password' || code === 'incorrect_video_password') {
      if (this.#parameters.waitPasswordFromEmbedAPI && this.#password === null) return
      askPassword(this.root, this.#password !== null, (password) => void this.#unlock(password))
      return
    }
    if (thrown instanceof Problem && [401, 403].includes(thrown.status))
      say(this.root, 'This video is not for everybody.')
    else if (thrown instanceof Problem && [400, 404].includes(thrown.status))
      say(this.root, 'There is no such video.')
    else say(this.root, sentence(thrown))
  }

  #reason(video: Video): string {
    if (video.state.id === VideoState.ToTranscode)
      return 'This video is being transcoded. Come back in a while.'
    return 'This video cannot be played.'
  }

  async #show(video: Video): Promise<void> {
    const isRestricted = restricted.includes(video.privacy.id)
    const token = isRestricted
      ? await fileToken(video.uuid, { password: this.#password }).catch(() => null)
      : null
    const player = this.#play(video, isRestricted, token)
    this.#furnish(player, video)
    this.#load(player, video.uuid)
    void this.#reportViews(player, video.uuid)
    this.#api?.begin(player)
  }

  #play(video: Video, isRestricted: boolean, token: string | null): Player {
    const p = this.#parameters
    const element = document.createElement('video')
    element.className = 'video-js'
    element.playsInline = true
    element.setAttribute('aria-label', video.name)
    this.root.replaceChildren(element)
    const player: Player = new Player(element, {
      ...p,
      stop: p.stop || null,
      rate: p.playbackRate || undefined,
      prefersFiles: p.mode === 'web-video',
      playback: playbackOf(video),
      poster: video.previewPath ?? null,
      headers: () => (isRestricted ? this.#headers() : {}),
      fileToken: token,
      onFailure: (reason) => {
        player.dispose()
        say(this.root, reason)
      }
    })
    return player
  }

  #headers(): Record<string, string> {
    const bearer = authorization()
    return { ...(bearer && { Authorization: bearer }), ...passwordHeader(this.#password) }
  }

  #furnish(player: Player, video: Video): void {
    const address = new URL(watchPath(video), location.origin).href
    const here = () => {
      const url = new URL(address)
      const time = Math.floor(player.videojs.currentTime() ?? 0)
      if (time > 0) url.searchParams.set('start', `${time}s`)
      return url.href
    }
    const { title, controls, peertubeLink } = this.#parameters
    if (title) player.videojs.el().append(dock(video.name, here, () => player.videojs.pause()))
    if (!controls || !peertubeLink) return
    serverConfig().then(
      ({ instance }) => instanceLink(player, instance.name, here),
      () => undefined
    )
  }

  /** What makes watching nicer comes when it comes. */
  #load(player: Player, uuid: string): void {
    const asked = { password: this.#password }
    const nothing = () => undefined
    captions(uuid, asked).then((found) => player.addCaptions(found, this.#parameters.subtitle), nothing)
    chapters(uuid, asked).then((found) => player.setChapters(found), nothing)
    storyboard(uuid, asked).then((found) => player.setStoryboard(found), nothing)
  }

  async #reportViews(player: Player, uuid: string): Promise<void> {
    const config = await serverConfig().catch(() => null)
    const interval = config ? (config.views?.videos?.watchingInterval?.anonymous ?? null) : null
    if (interval === null) return
    const reports = new ViewReports(player.videojs as never, interval, viewSession(), (report, isLast) => {
      reportView(uuid, report, isLast, this.#password).catch(() => undefined)
    })
    window.addEventListener('pagehide', () => reports.stop())
  }
}
