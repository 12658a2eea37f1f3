import type { AuditRow, LogRow } from '../../../../api/server'

export interface ShownRow {
  key: number
  at: string
  level: string
  text: string
  /** The rest, as JSON; empty when there is none. */
  more: string
}

const named = ['timestamp', 'level', 'message', 'label', 'tags']
const namedAudit = ['timestamp', 'user', 'domain', 'action', 'level', 'label']

/** Rows as they are shown, the newest first. */
export function shownLogs(rows: LogRow[]): ShownRow[] {
  return rows
    .map((row, key) => ({
      key,
      at: moment(row.timestamp),
      level: row.level,
      text: row.message,
      more: restOf(row, named)
    }))
    .reverse()
}

export function shownAudit(rows: AuditRow[]): ShownRow[] {
  return rows
    .map((row, key) => ({
      key,
      at: moment(row.timestamp),
      level: row.domain ?? '',
      text: [row.user, row.action, row.domain].filter(Boolean).join(' '),
      more: restOf(row, namedAudit)
    }))
    .reverse()
}

function moment(timestamp: string | number): string {
  const at = new Date(timestamp)
  return Number.isNaN(at.getTime()) ? String(timestamp) : at.toISOString()
}

function restOf(row: Record<string, unknown>, without: string[]): string {
  const rest = Object.fromEntries(
    Object.entries(row).filter(([name, value]) => !without.includes(name) && value !== undefined)
  )
  return Object.keys(rest).length > 0 ? JSON.stringify(rest, null, 2) : ''
}
