import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestRepository } from '../commands/repository.ts'
import { makeRepository } from '../commands/repository.ts'
import { complete } from '../review/sides.ts'
import type { Contexts } from './expression.ts'

export interface PullRequest {
  readonly repository: TestRepository
  readonly workspace: string
  readonly event: Contexts
}

type EventName = 'opened' | 'synchronize' | 'fork'

export interface Plan {
  /** The files in policies/ that the pull request writes; null removes one. */
  readonly files: Readonly<Record<string, string | null>>
  readonly event?: EventName
  readonly branch?: string
  readonly title?: string
  /** What others merge to main after the pull request was opened. */
  readonly meanwhile?: Readonly<Record<string, string | null>>
}

export const override = (name: string, policy: string, more = '') =>
  complete(`destination: ${name}\npolicy: ${policy}\n${more}`)

export const before = { 'other.yaml': override('other.example', 'encrypt') }

/** A pull request, checked out as GitHub does it: a trial merge into what main is by now. */
export function makePullRequest(plan: Plan): PullRequest {
  const { files, event = 'opened', branch = 'change', title = 'Change', meanwhile } = plan
  const repository = makeRepository()
  const { git, commit, path } = repository
  const base = commit(before, 'Before')
  git('checkout', '--quiet', '-b', branch)
  const head = commit(files, title)
  git('checkout', '--quiet', 'main')
  if (meanwhile) commit(meanwhile, 'Meanwhile')
  git('checkout', '--quiet', '--detach')
  git('merge', '--quiet', '--no-ff', '--message', `Merge ${head} into main`, head)
  const values = { BASE: base, HEAD: head, BRANCH: branch, TITLE: title }
  return { repository, workspace: path, event: makeEvent(event, values) }
}

/** What GitHub tells a workflow, with such texts in place of the words in capitals. */
export function makeEvent(name: EventName, values: Readonly<Record<string, string>>): Contexts {
  const text = readFileSync(join(import.meta.dirname, 'events', `${name}.json`), 'utf8')
  return JSON.parse(text, (_, value) =>
    typeof value === 'string'
      ? value.replace(/\b[A-Z]{4,6}$/, word => values[word] ?? word)
      : value,
  )
}
