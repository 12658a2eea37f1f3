import type { Job } from '../../../../api/jobs'

/** PeerTube's states of jobs, in the order in which they matter to somebody who looks. */
export const jobStates = [
  'active',
  'waiting',
  'delayed',
  'paused',
  'failed',
  'completed',
  'waiting-children',
  'prioritized'
]

/** PeerTube's types of jobs, and this server's own. */
export const jobTypes = [
  'video-transcoding',
  'transcoding-job-builder',
  'generate-video-storyboard',
  'video-playlist',
  'video-place-files',
  'video-transcription',
  'video-file-import',
  'video-import',
  'video-studio-edition',
  'video-live-ending',
  'manage-video-torrent',
  'videos-stats',
  'federate-video',
  'activitypub-http-broadcast',
  'activitypub-http-unicast',
  'activitypub-http-fetcher',
  'activitypub-follow',
  'activitypub-cleaner',
  'activitypub-refresher',
  'email',
  'notify',
  'video-channel-import',
  'video-redundancy',
  'move-to-object-storage',
  'move-to-file-system',
  'create-user-export',
  'import-user-archive'
]

/** What a failed job says: a text, or an error with one. */
export function errorText(error: unknown): string | null {
  if (error === null || error === undefined || error === '') return null
  if (typeof error === 'string') return error
  if (typeof error === 'object') {
    const { message, stack } = error as { message?: unknown; stack?: unknown }
    const text = [message, stack].filter((part) => typeof part === 'string' && part !== '')
    if (text.length > 0) return [...new Set(text)].join('\n')
    if (Object.keys(error).length === 0) return null
  }
  return JSON.stringify(error, null, 2)
}

/** How long a job took, or has been taking, in words; null before it has begun. */
export function jobTime(job: Job, now: Date): string | null {
  if (!job.processedOn) return null
  const end = job.finishedOn ? new Date(job.finishedOn) : now
  const seconds = Math.max(0, (end.getTime() - new Date(job.processedOn).getTime()) / 1000)
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`
  return seconds < 3600 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}

/** What a job is about, when its data say so. */
export function subjectOf(job: Job): string | null {
  const data = (job.data ?? {}) as Record<string, unknown>
  const id = data.videoUUID ?? data.videoUuid ?? data.videoId
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}
