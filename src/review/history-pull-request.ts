import type { LoggedCommit } from './history-log.ts'

/** How forges name a pull request in the message of the commit that merges it. */
const subjects = [
  // GitHub and Bitbucket: a merge
  /^Merge pull request (#\d{1,9})\b/,
  // Forgejo and Gitea: a merge
  /^Merge pull request '.*' \((#\d{1,9})\) from /,
  // GitHub, Forgejo and Gitea: squashed
  /\((#\d{1,9})\)$/,
  // Bitbucket: squashed
  /\(pull request (#\d{1,9})\)$/,
  // Azure DevOps
  /^Merged PR (\d{1,9}): /,
] as const

const trailer = /^(?:pull-request|merge-request|pr-url|reviewed-on):\s*(\S{1,200})$/i

/** GitLab writes this into the body, below a subject that names the branch. */
const mergeRequest = /^See merge request ([\w./-]{1,200}![1-9]\d{0,8})$/

/** The pull request that a commit names: `#12`, `group/project!12`, or an address. */
export function pullRequestOf({ subject, body }: LoggedCommit): string | undefined {
  for (const pattern of subjects) {
    const number = pattern.exec(subject)?.[1]
    if (number !== undefined) return number.startsWith('#') ? number : `#${number}`
  }
  for (const line of body) {
    const named = mergeRequest.exec(line)?.[1] ?? trailer.exec(line)?.[1]
    if (named !== undefined) return named
  }
  return undefined
}

/** Who approved, as the trailers of a commit say; Git takes them with or without a blank. */
export function reviewersOf({ body }: LoggedCommit): readonly string[] {
  return body.flatMap(line => /^(?:reviewed|approved|acked)-by:\s*(\S.*)$/i.exec(line)?.[1] ?? [])
}
