import { instance } from './instance.svelte'

/** Names the page in the tab, and through App's live region to those who hear it. */
export function titled(name: string | null): string {
  return name ? `${name} - ${instance.name}` : instance.name
}
