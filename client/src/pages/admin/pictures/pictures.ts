import type { InstancePicture } from '../../../api/instance-pictures'
import type { ServerConfig } from '../../../api/types'

export interface Place {
  kind: InstancePicture
  label: string
  shape: 'avatar' | 'banner' | 'icon' | 'wide'
  hint: string
}

/** Where the instance has pictures, in groups as the page shows them. Sizes are those the server makes. */
export const groups: { title: string; hint: string; places: Place[] }[] = [
  {
    title: 'The site',
    hint: 'Shown on the page about the site, on the homepage, and by other servers and apps.',
    places: [
      {
        kind: 'banner',
        label: 'Banner',
        shape: 'banner',
        hint: 'Six times as wide as high, from 1920 × 317.'
      },
      { kind: 'avatar', label: 'Avatar', shape: 'avatar', hint: 'A square, from 120 × 120.' }
    ]
  },
  {
    title: 'Logos',
    hint: 'In the head of every page, and in the tabs of the browser.',
    places: [
      {
        kind: 'header-wide',
        label: 'Logo with the name',
        shape: 'wide',
        hint: 'In place of sign and name on wide screens: 192 × 48.'
      },
      { kind: 'header-square', label: 'Sign', shape: 'icon', hint: 'Before the name: 48 × 48.' },
      { kind: 'favicon', label: 'Icon', shape: 'icon', hint: 'In tabs and bookmarks: 32 × 32.' }
    ]
  }
]

/** The address of the picture that is there now. */
export function currentPicture(config: ServerConfig | null, kind: InstancePicture): string | null {
  const own = config?.instance
  if (kind !== 'avatar' && kind !== 'banner')
    return own?.logo?.find(({ type }) => type === kind)?.fileUrl ?? null
  const images = (kind === 'avatar' ? own?.avatars : own?.banners) ?? []
  const largest = [...images].sort((a, b) => a.width - b.width).at(-1)
  return largest?.fileUrl ?? largest?.path ?? null
}
