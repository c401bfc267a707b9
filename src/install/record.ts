import type { Proposal } from './guards.ts'
import type { Installed } from './installed.ts'
import type { Manifest } from './manifest.ts'
import { formatManifest } from './manifest.ts'

/** Who installs, and when. */
export interface Occasion {
  readonly time: string
  readonly user: string
}

/** What the manifest says of a new table; a rollback keeps what it said before. */
export function recordOf(
  { content, commit, state, policies }: Proposal,
  installed: Installed,
  occasion: Occasion,
  earlier?: Manifest,
): Omit<Manifest, 'state' | 'index'> {
  return {
    version: 1,
    digest: content.digest,
    entries: content.count,
    text: content.hash,
    commit: earlier ? earlier.commit : commit,
    uncommitted: earlier?.uncommitted ?? (state === 'changed' || state === 'outside Git'),
    byHand: earlier?.byHand ?? false,
    policies: earlier ? earlier.policies : policies,
    ...occasion,
    previous: installed.content && {
      digest: installed.content.digest,
      text: installed.content.hash,
    },
  }
}

/** The manifest that goes with the copy of what is in force; null where a copy is there already. */
export function recordToKeep(installed: Installed, occasion: Occasion): string | null {
  const { content, manifest, isKept, origin } = installed
  if (isKept || !content) return null
  if (manifest && origin !== 'edited') return formatManifest(manifest)
  return formatManifest({
    version: 1,
    state: 'done',
    digest: content.digest,
    entries: content.count,
    text: content.hash,
    commit: null,
    uncommitted: false,
    byHand: true,
    policies: null,
    ...occasion,
    index: '',
    previous: null,
  })
}
