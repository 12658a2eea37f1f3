import { freshConfig, serverConfig } from '../api/config'
import type { ServerConfig } from '../api/types'

class Instance {
  config = $state.raw<ServerConfig | null>(null)
  #loading: Promise<ServerConfig> | null = null

  get name(): string {
    return this.config?.instance.name ?? 'Vidilog'
  }

  /** The configuration, asked for once; a failed attempt is repeated by the next caller. */
  load(): Promise<ServerConfig> {
    this.#loading ??= serverConfig().then(
      (config) => (this.config = config),
      (error: unknown) => {
        this.#loading = null
        throw error
      }
    )
    return this.#loading
  }

  /** Asks again, after it was changed. */
  async reload(): Promise<void> {
    this.config = await freshConfig()
  }
}

export const instance = new Instance()
