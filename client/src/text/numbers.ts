const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })
const plain = new Intl.NumberFormat('en')

/** "1 view", "12 videos", "3.4K views". */
export function counted(n: number, noun: string): string {
  return `${compactNumber(n)} ${noun}${n === 1 ? '' : 's'}`
}

/** "0", "9,999", "15.3K". */
export function compactNumber(n: number): string {
  return n < 10_000 ? plain.format(n) : compact.format(n)
}

const sizes = ['B', 'kB', 'MB', 'GB', 'TB']

/** Bytes in decimal units, as file managers and network plans count them: "4.7 MB". */
export function fileSize(bytes: number): string {
  let [n, unit] = [bytes, 0]
  while (n >= 999.5 && unit < sizes.length - 1) {
    n /= 1000
    unit++
  }
  return `${unit > 0 && n < 10 ? n.toFixed(1) : Math.round(n)} ${sizes[unit]}`
}
