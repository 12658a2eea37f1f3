import { request } from './request'
import type { Page, User } from './types'

export interface AdminUser extends User {
  blocked: boolean
  blockedReason: string | null
  /** Bytes. */
  videoQuotaUsed?: number
  videoQuotaUsedDaily?: number
  adminFlags?: number
  createdAt: string
  lastLoginDate: string | null
  pluginAuth?: string | null
  videosCount?: number
}

export interface UsersQuery {
  start: number
  count: number
  sort: string
  search?: string
  blocked?: boolean
  role?: number
}

export function users(query: UsersQuery, signal?: AbortSignal): Promise<Page<AdminUser>> {
  return request('/users', { query: { ...query }, signal })
}

export function user(id: number): Promise<AdminUser> {
  return request(`/users/${id}`, { query: { withStats: true } })
}

export interface UserChange {
  email?: string
  emailVerified?: boolean
  password?: string
  videoQuota?: number
  videoQuotaDaily?: number
  role?: number
  adminFlags?: number
}

export interface NewUser extends UserChange {
  username: string
  email: string
  password: string
  role: number
  channelName?: string
}

export function createUser(user: NewUser): Promise<{ user: { id: number } }> {
  return request('/users', { method: 'POST', json: user })
}

export function changeUser(id: number, change: UserChange): Promise<void> {
  return request(`/users/${id}`, { method: 'PUT', json: change })
}

export function deleteUser(id: number): Promise<void> {
  return request(`/users/${id}`, { method: 'DELETE' })
}

export function blockUser(id: number, reason: string): Promise<void> {
  return request(`/users/${id}/block`, { method: 'POST', json: reason ? { reason } : {} })
}

export function unblockUser(id: number): Promise<void> {
  return request(`/users/${id}/unblock`, { method: 'POST', json: {} })
}
