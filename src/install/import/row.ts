/** One entry as a source has it; nothing of it is checked. */
export interface Row {
  /** Where it stands, for people: `line 12`, `id 7`. */
  readonly place: string
  /** The whole of it, for people. */
  readonly text: string
  readonly destination: string
  /** A level and its attributes. */
  readonly value: string
  readonly active: boolean
  /** What somebody wrote about it. */
  readonly comments: readonly string[]
  /** What stands above the run of entries that it belongs to, and not above itself. */
  readonly block: readonly string[]
  /** What reading it has changed already. */
  readonly notes: readonly string[]
}

/** What is not imported, and why. */
export interface LeftOut {
  readonly place: string
  readonly text: string
  readonly why: string
  readonly help?: string
  /** What somebody wrote about it. */
  readonly comments?: readonly string[]
}

/** All that a source holds. */
export interface Rows {
  readonly rows: readonly Row[]
  readonly leftOut: readonly LeftOut[]
  /** Comments that belong to no entry, with their places. */
  readonly remarks: readonly string[]
}
