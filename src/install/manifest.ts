/** What is known of an installed table: a file beside it. */
export interface Manifest {
  readonly version: 1
  /** Pending from before the first file of the table is replaced until all are. */
  readonly state: 'pending' | 'done'
  /** Of the entries, as `compile` prints it. */
  readonly digest: string
  readonly entries: number
  /** SHA-256 of the text with its comments. */
  readonly text: string
  /** Null where the table was installed without its policies. */
  readonly commit: string | null
  /** Policies that were in no commit when they were installed. */
  readonly uncommitted: boolean
  /** A table that people kept, put back by a rollback. */
  readonly byHand: boolean
  /** The folder of the policies, as an absolute path. */
  readonly policies: string | null
  /** ISO 8601, UTC. */
  readonly time: string
  readonly user: string
  /** By what the index is known: another one was made by somebody else. */
  readonly index: string
  /** What was in force before; null for the first table. */
  readonly previous: { readonly digest: string; readonly text: string } | null
}

export function formatManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`
}

/** Undefined for a text that is no manifest of ours. */
export function readManifest(text: string | null): Manifest | undefined {
  if (text === null) return undefined
  const value = parse(text)
  return isManifest(value) ? value : undefined
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Test = (value: unknown) => boolean

const isText: Test = value => typeof value === 'string'
const isFlag: Test = value => typeof value === 'boolean'
const isHash: Test = value => isText(value) && /^[\da-f]{64}$/.test(String(value))
const isCommit: Test = value => isText(value) && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(String(value))
const orNull =
  (test: Test): Test =>
  value =>
    value === null || test(value)

const fields: Readonly<Record<keyof Manifest, Test>> = {
  version: value => value === 1,
  state: value => value === 'pending' || value === 'done',
  digest: isHash,
  entries: value => Number.isSafeInteger(value),
  text: isHash,
  commit: orNull(isCommit),
  uncommitted: isFlag,
  byHand: isFlag,
  policies: orNull(isText),
  time: value => isText(value) && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(String(value)),
  user: isText,
  index: isText,
  previous: orNull(value => {
    const { digest, text } = Object(value) as Record<string, unknown>
    return isHash(digest) && isHash(text)
  }),
}

function isManifest(value: unknown): value is Manifest {
  const object = Object(value) as Record<string, unknown>
  return Object.entries(fields).every(([name, test]) => test(object[name]))
}
