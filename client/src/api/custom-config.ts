import { request } from './request'

/** The configuration an administrator may change, as deep as the server sends it. What the client does not know is sent back untouched. */
export type CustomConfig = { [key: string]: ConfigValue }
export type ConfigValue = string | number | boolean | null | ConfigValue[] | CustomConfig

export function customConfig(): Promise<CustomConfig> {
  return request('/config/custom')
}

export function saveCustomConfig(config: CustomConfig): Promise<CustomConfig> {
  return request('/config/custom', { method: 'PUT', json: config })
}

export function resetCustomConfig(): Promise<CustomConfig> {
  return request('/config/custom', { method: 'DELETE' })
}
