import type { Content } from './content.ts'
import { hashText } from './content.ts'
import type { Found, Installed } from './installed.ts'
import { readManifest } from './manifest.ts'

/** How the installed table differs from what it should be. */
export interface Difference {
  readonly kind:
    | 'interrupted'
    | 'not-installed'
    | 'not-ours'
    | 'edited'
    | 'index'
    | 'unused'
    | 'uncommitted'
    | 'missing'
    | 'extra'
    | 'changed'
  readonly key?: string
  readonly message: string
}

/** What should be in force, and whether Git has it. */
export interface Expected {
  readonly content: Content
  readonly isCommitted: boolean
}

/** What the index answers for each key, where it was asked, or why it cannot be read. */
export type Answers = ReadonlyMap<string, string> | { readonly unreadable: string } | undefined

/** Everything by which the installed table has drifted; none where all is as it should be. */
export function findDrift(
  table: string,
  found: Found,
  installed: Installed,
  expected: Expected | null,
  answers: Answers,
): readonly Difference[] {
  return [
    ...findState(table, found, installed),
    ...findIndexDrift(found, installed, answers),
    ...(expected ? findEntryDrift(installed.content, expected.content) : []),
    ...findUncommitted(installed, expected),
  ]
}

function findState(
  table: string,
  found: Found,
  { origin, interrupted, content }: Installed,
): readonly Difference[] {
  if (interrupted)
    return [
      {
        kind: 'interrupted',
        message: `the deploy by ${interrupted.user} of ${interrupted.time} was interrupted; run deploy again`,
      },
    ]
  if (origin === 'none' || !content)
    return [{ kind: 'not-installed', message: `${table} is not installed; run deploy` }]
  if (origin === 'by-hand' && found.manifest !== null && !readManifest(found.manifest))
    return [
      {
        kind: 'not-ours',
        message: `the manifest of ${table} is damaged, so that nobody knows who installed it; run deploy`,
      },
    ]
  if (origin === 'by-hand')
    return [
      { kind: 'not-ours', message: `${table} was not written by tlspolicy; see tlspolicy import` },
    ]
  return origin === 'edited'
    ? [{ kind: 'edited', message: `${table} was changed by hand since it was installed` }]
    : []
}

function findIndexDrift(
  found: Found,
  { content, interrupted }: Installed,
  answers: Answers,
): readonly Difference[] {
  if (!content || interrupted || !found.text || hashText(found.text) !== content.hash) return []
  if (found.index === null)
    return [
      { kind: 'index', message: 'the table has no index, and Postfix defers mail; run deploy' },
    ]
  if (!answers) return []
  if ('unreadable' in answers)
    return [
      {
        kind: 'index',
        message: `the index cannot be read, and Postfix defers mail (${answers.unreadable}); run deploy`,
      },
    ]
  const { entries } = content
  const told = (value: string | undefined) =>
    value === undefined ? 'nothing' : JSON.stringify(value)
  return [...new Set([...entries.keys(), ...answers.keys()])].flatMap(key => {
    const [answer, value] = [answers.get(key), entries.get(key)]
    if (answer === value) return []
    const message = `the index answers ${told(answer)} for ${key}, and its text says ${told(value)}; run deploy`
    return [{ kind: 'index', key, message } as const]
  })
}

function findEntryDrift(content: Content | null, expected: Content): readonly Difference[] {
  if (!content || content.digest === expected.digest) return []
  const differences: Difference[] = []
  for (const [key, value] of expected.entries) {
    const now = content.entries.get(key)
    if (now === undefined)
      differences.push({ kind: 'missing', key, message: `${key} is not installed: ${value}` })
    else if (now !== value)
      differences.push({
        kind: 'changed',
        key,
        message: `${key} is installed as ${JSON.stringify(now)}, and should be ${JSON.stringify(value)}`,
      })
  }
  for (const [key, value] of content.entries)
    if (!expected.entries.has(key))
      differences.push({
        kind: 'extra',
        key,
        message: `${key} is installed and should not be: ${value}`,
      })
  return differences
}

/** Until the policies are merged, and the installed table is theirs. */
function findUncommitted(
  { manifest, content }: Installed,
  expected: Expected | null,
): readonly Difference[] {
  if (!manifest?.uncommitted) return []
  if (expected?.isCommitted && expected.content.digest === content?.digest) return []
  return [
    {
      kind: 'uncommitted',
      message:
        'the installed table was made of policies that were in no commit; merge them, or deploy what is merged',
    },
  ]
}
