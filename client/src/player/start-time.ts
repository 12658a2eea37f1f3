/** The `start` of an address in seconds: "90", "90s", "1m30s", "1h2m3s" or "1:30"; 0 for anything else. */
export function startTime(text: string | null): number {
  if (!text) return 0
  const clock = /^(?:(\d+):)?(\d{1,2}):(\d{1,2})$/.exec(text)
  const words = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(text)
  const [, hours, minutes, seconds] = clock ?? words ?? []
  return Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0)
}
