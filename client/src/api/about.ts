import { request } from './request'
import type { ActorImage } from './types'

/** What the instance says of itself; texts are markdown, empty where nobody has written them. */
export interface About {
  instance: {
    name: string
    shortDescription: string
    description: string
    terms: string
    codeOfConduct?: string
    moderationInformation?: string
    administrator?: string
    creationReason?: string
    maintenanceLifetime?: string
    businessModel?: string
    hardwareInformation?: string
    languages?: string[]
    categories?: number[]
    avatars?: ActorImage[]
    banners?: ActorImage[]
  }
}

export function about(): Promise<About> {
  return request('/config/about')
}
