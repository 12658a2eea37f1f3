import { request } from './request'
import type { ServerConfig } from './types'

declare global {
  interface Window {
    /** JSON text that the server writes into the page. */
    PeerTubeServerConfig?: string
  }
}

/** The configuration the server wrote into the page, asked for when it did not. */
export async function serverConfig(): Promise<ServerConfig> {
  const inlined = window.PeerTubeServerConfig
  if (inlined) return JSON.parse(inlined) as ServerConfig
  return freshConfig()
}

/** The configuration as it is now; it says who may sign up, too. */
export function freshConfig(): Promise<ServerConfig> {
  return request('/config')
}
