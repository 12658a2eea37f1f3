/** What stands in the `data-` attributes of an element, by their names without "data-" and in camel case. */
export type Data = Record<string, string | undefined>

/** "true" and the bare attribute; "false" says no. */
export function isOn(value: string | undefined): boolean {
  return value !== undefined && value !== 'false'
}
