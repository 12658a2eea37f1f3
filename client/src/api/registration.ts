import { request } from './request'

export interface Registration {
  username: string
  password: string
  email: string
  displayName?: string
  channel?: { name: string; displayName: string }
}

export function register(registration: Registration): Promise<unknown> {
  return request('/users/register', { method: 'POST', json: registration })
}

/** For servers whose moderators look at each registration. */
export function requestRegistration(
  registration: Registration & { registrationReason: string }
): Promise<unknown> {
  return request('/users/registrations/request', { method: 'POST', json: registration })
}
