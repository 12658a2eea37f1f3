const gigabyte = 1024 ** 3

/** The sizes offered for quotas, in bytes as PeerTube counts them; -1 for no limit. */
export const quotaSizes: { value: string; label: string }[] = [
  { value: '-1', label: 'Unlimited' },
  { value: '0', label: 'No upload' },
  { value: String(100 * 1024 ** 2), label: '100 MB' },
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((n) => ({
    value: String(n * gigabyte),
    label: `${n} GB`
  }))
]

/** The offered sizes and the one that is set, when it is none of them. */
export function quotaChoices(current: number): { value: string; label: string }[] {
  if (quotaSizes.some(({ value }) => Number(value) === current)) return quotaSizes
  return [...quotaSizes, { value: String(current), label: quotaLabel(current) }].sort(
    (a, b) => Number(a.value) - Number(b.value)
  )
}

/** What a quota is for no limit or none at all, and its size otherwise. */
export function quotaLabel(bytes: number): string {
  const known = quotaSizes.find(({ value }) => Number(value) === bytes)
  if (known) return known.label
  return usedLabel(bytes)
}

/** How much of a quota is used, in the units of quotas. */
export function usedLabel(bytes: number): string {
  return bytes < gigabyte ? `${round(bytes / 1024 ** 2)} MB` : `${round(bytes / gigabyte)} GB`
}

function round(n: number): number {
  return n < 10 ? Math.round(n * 100) / 100 : Math.round(n)
}
