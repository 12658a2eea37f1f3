import type { VideoFile } from '../api/types'

/** What people call a file: by its resolution, and by its frames when they are many. */
export function fileLabel({ resolution, fps }: Pick<VideoFile, 'resolution' | 'fps'>): string {
  return fps >= 50 ? `${resolution.label}${fps}` : resolution.label
}
