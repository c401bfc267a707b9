import type { Day } from '../language/day.ts'

/**
 * A commit of the log. Names and messages are what strangers wrote: show them only through a form.
 */
export interface LoggedCommit {
  readonly hash: string
  readonly parents: readonly string[]
  /**
   * The day in UTC on which it was committed, not written: a rebased commit was in nobody's way
   * before.
   */
  readonly day: Day
  readonly author: string
  readonly subject: string
  readonly body: readonly string[]
  /** What it changed against its first parent: one text for each file, which `readPatch` reads. */
  readonly patches: readonly string[]
}

/** Reads the text of `Repository.log`, the latest commit first. */
export function readCommits(log: string): readonly LoggedCommit[] {
  const texts = log === '' ? [] : log.split('\ncommit ')
  return texts.map((text, index) => readCommit(index === 0 ? text.slice('commit '.length) : text))
}

function readCommit(text: string): LoggedCommit {
  const [head = '', ...patches] = text.split('\ndiff --git ')
  const [hashes = '', time = '', author = '', subject = '', ...body] = head.split('\n')
  const [hash = '', ...parents] = hashes.trim().split(' ')
  return {
    hash,
    parents,
    day: dayOf(Number(time.slice('time '.length))),
    author: author.slice('author '.length),
    subject: subject.slice('subject '.length),
    body: body.map(line => line.trim()).filter(line => line !== ''),
    patches,
  }
}

/** Git takes any number for a time, and ISO 8601 knows no day of the year 10000. */
function dayOf(seconds: number): Day {
  const latest = Date.UTC(9999, 11, 31)
  const time = Number.isFinite(seconds) ? Math.min(Math.max(seconds * 1000, 0), latest) : 0
  return new Date(time).toISOString().slice(0, 10) as Day
}
