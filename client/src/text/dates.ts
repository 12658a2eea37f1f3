const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const day = new Intl.DateTimeFormat('en', { dateStyle: 'long' })
const minute = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' })

/** Seconds of each unit, the largest first; months and years are means of the Gregorian calendar. */
const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60]
]

/** How long ago an ISO date is, in the largest unit that fits: "3 days ago". */
export function age(iso: string, now: Date): string {
  const seconds = (now.getTime() - new Date(iso).getTime()) / 1000
  const unit = units.find(([, length]) => seconds >= length)
  return unit ? relative.format(-Math.floor(seconds / unit[1]), unit[0]) : 'just now'
}

export function longDate(iso: string): string {
  return day.format(new Date(iso))
}

export function dateAndTime(iso: string): string {
  return minute.format(new Date(iso))
}
