import { request } from './request'

/** Pictures of the instance: those of PeerTube 6.3, and the logos of 8.x. */
export type InstancePicture = 'avatar' | 'banner' | 'favicon' | 'header-square' | 'header-wide'

export function saveInstancePicture(kind: InstancePicture, picture: File): Promise<void> {
  const form = new FormData()
  form.set(isLogo(kind) ? 'logofile' : `${kind}file`, picture, picture.name)
  return request(`${pathOf(kind)}/pick`, { method: 'POST', form })
}

export function deleteInstancePicture(kind: InstancePicture): Promise<void> {
  return request(pathOf(kind), { method: 'DELETE' })
}

function isLogo(kind: InstancePicture): boolean {
  return kind !== 'avatar' && kind !== 'banner'
}

function pathOf(kind: InstancePicture): string {
  return isLogo(kind) ? `/config/instance-logo/${kind}` : `/config/instance-${kind}`
}
