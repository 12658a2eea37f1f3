import { request } from './request'

export interface LogRow {
  timestamp: string | number
  level: string
  message: string
  meta?: unknown
  [key: string]: unknown
}

export interface AuditRow {
  timestamp: string | number
  user?: string
  domain?: string
  action?: string
  [key: string]: unknown
}

export function logs(startDate: string, level: string, signal?: AbortSignal): Promise<LogRow[]> {
  return request('/server/logs', { query: { startDate, level }, signal })
}

export function auditLogs(startDate: string, signal?: AbortSignal): Promise<AuditRow[]> {
  return request('/server/audit-logs', { query: { startDate }, signal })
}

export interface Debug {
  ip: string
  activityPubMessagesWaiting: number
}

export function debug(): Promise<Debug> {
  return request('/server/debug')
}

export function runCommand(command: string): Promise<void> {
  return request('/server/debug/run-command', { method: 'POST', json: { command } })
}

export interface ServerStats {
  totalUsers?: number
  totalLocalVideos?: number
  totalLocalVideoViews?: number
  totalLocalVideoFilesSize?: number
}

export function stats(): Promise<ServerStats> {
  return request('/server/stats')
}
