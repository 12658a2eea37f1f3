import type { Caption } from '../api/types'
import { remember, remembered } from './storage'

interface Track {
  id: string
  kind: string
  label: string
  language: string
  src?: string
  mode: string
}

/** Lists of video.js have no iterator. */
interface Tracks {
  length: number
  [index: number]: Track | undefined
  addEventListener(event: string, listener: () => void): void
}

export interface Captioned {
  addRemoteTextTrack(options: object, manualCleanup: boolean): unknown
  textTracks(): unknown
}

export function captionTracks(player: Captioned): Track[] {
  const tracks = player.textTracks() as Tracks
  return Array.from({ length: tracks.length }, (_, index) => tracks[index]).filter(
    (track): track is Track => track !== undefined && track.kind === 'captions'
  )
}

/**
 * Adds the captions of a video. Shown is the language in `wanted`, or the one that was shown last; what somebody
 * chooses in the menu is remembered.
 */
export function addCaptions(player: Captioned, captions: Caption[], wanted: string | null): void {
  const shown = wanted ?? remembered('last-subtitle')
  for (const caption of captions) {
    const language = caption.language.id
    player.addRemoteTextTrack(
      {
        kind: 'captions',
        id: language,
        label: caption.automaticallyGenerated
          ? `${caption.language.label} (generated)`
          : caption.language.label,
        language,
        src: caption.fileUrl ?? caption.captionPath,
        mode: language === shown ? 'showing' : 'disabled'
      },
      false
    )
  }
  show(player, shown)
  ;(player.textTracks() as Tracks).addEventListener('change', () => {
    remember('last-subtitle', captionTracks(player).find(({ mode }) => mode === 'showing')?.language ?? 'off')
  })
}

/** Shows the captions of one language, those of none when there are no such. */
export function show(player: Captioned, id: string | null): void {
  for (const track of captionTracks(player)) {
    const mode = track.id === id ? 'showing' : 'disabled'
    if (track.mode !== mode) track.mode = mode
  }
}
