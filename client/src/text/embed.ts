/** What an embedded player can be told in its address; PeerTube's parameters. */
export interface EmbedOptions {
  /** Seconds, 0 for the beginning. */
  start: number
  autoplay: boolean
  muted: boolean
  loop: boolean
  title: boolean
  controls: boolean
}

export function embedAddress(origin: string, uuid: string, options: EmbedOptions): string {
  const url = new URL(`/videos/embed/${uuid}`, origin)
  if (options.start > 0) url.searchParams.set('start', `${options.start}s`)
  for (const name of ['autoplay', 'muted', 'loop'] as const)
    if (options[name]) url.searchParams.set(name, '1')
  for (const name of ['title', 'controls'] as const) if (!options[name]) url.searchParams.set(name, '0')
  return url.href
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** The element to put into another page. Sandboxed as far as playing allows, as PeerTube's is. */
export function embedCode(address: string, title: string): string {
  const escape = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
  return (
    `<iframe title="${escape(title)}" width="560" height="315" src="${escape(address)}" style="border: 0px;" ` +
    'allow="fullscreen" sandbox="allow-same-origin allow-scripts allow-popups allow-forms"></iframe>'
  )
}
