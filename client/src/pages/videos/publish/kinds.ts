// What people call the files they have; the others are the long tail that a server takes as well.
const familiar = ['.mp4', '.webm', '.mov', '.mkv', '.avi', '.mp3', '.flac']

/** The extensions a server takes, in a line that is read: "MP4, WEBM, MOV and 12 other kinds". */
export function kindsOf(extensions: string[]): string {
  if (extensions.length === 0) return 'Any video file'
  const known = familiar.filter((extension) => extensions.includes(extension))
  const shown = known.length > 0 ? known : extensions.slice(0, familiar.length)
  const rest = extensions.length - shown.length
  const names = shown.map((extension) => extension.slice(1).toUpperCase()).join(', ')
  return rest === 0 ? names : `${names} and ${rest} other ${rest === 1 ? 'kind' : 'kinds'}`
}
