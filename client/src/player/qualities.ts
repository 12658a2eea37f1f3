export interface Quality {
  id: number
  label: string
  width?: number
  height?: number
}

/** The choice that leaves the quality to the bandwidth. */
export const automatic = -1

/** What the quality menu shows and changes, whatever plays below it. */
export interface Qualities {
  /** Best first, with Auto where the stream adapts. */
  list(): Quality[]
  /** Id of what was chosen, `automatic` included. */
  chosen(): number
  /** Label of what is on screen. */
  current(): string
  choose(id: number): void
  /** Calls back when any of the above may answer otherwise. */
  onChange(listener: () => void): void
}
