import { startTime } from '../player/start-time'

export interface Times {
  startAt?: number
  endAt?: number
}

/** What was written as the part of a video, in seconds; `fault` when it is none. */
export function timesOf(start: string, end: string): Times | { fault: string } {
  const isTime = (text: string) => text === '' || /^\d+(:\d{1,2}){0,2}$/.test(text)
  const [from, to] = [start.trim(), end.trim()]
  if (!isTime(from) || !isTime(to)) return { fault: 'Write a time such as 1:23.' }
  const times = {
    ...(from === '' ? {} : { startAt: startTime(from) }),
    ...(to === '' ? {} : { endAt: startTime(to) })
  }
  if (times.endAt !== undefined && times.endAt <= (times.startAt ?? 0))
    return { fault: 'The end comes after the beginning.' }
  return times
}
