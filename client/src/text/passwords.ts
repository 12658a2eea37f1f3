interface Limits {
  minLength?: number
  maxLength?: number
}

/** What is wrong with a new password, or null. PeerTube's limits unless the server says others. */
export function passwordFault(password: string, limits: Limits = {}): string | null {
  const { minLength = 6, maxLength = 255 } = limits
  if (password.length < minLength) return `A password has at least ${minLength} characters.`
  return password.length > maxLength ? `A password has up to ${maxLength} characters.` : null
}
