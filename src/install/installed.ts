import type { Content } from './content.ts'
import { hashText, readContent } from './content.ts'
import type { Manifest } from './manifest.ts'
import { readManifest } from './manifest.ts'

/** The files of a table as they lie there; null for one that does not exist. */
export interface Found {
  readonly text: Uint8Array | null
  /** By what the index is known. */
  readonly index: string | null
  readonly manifest: string | null
  readonly previousText: Uint8Array | null
  readonly previousManifest: string | null
}

/** What is in force, and who made it. */
export interface Installed {
  readonly origin: 'none' | 'ours' | 'edited' | 'by-hand'
  readonly content: Content | null
  readonly manifest: Manifest | null
  /** The manifest of a deploy that did not come to its end. */
  readonly interrupted: Manifest | null
  /** Whether the copy of the previous table is already that of what is in force. */
  readonly isKept: boolean
  /** Whether text and index are those that the manifest tells of. */
  readonly isFresh: boolean
}

/**
 * Tells what answers mail now. The index decides: a deploy that was interrupted has replaced it, or
 * what is in force is the copy that was made before.
 */
export function judgeInstalled(found: Found): Installed {
  const manifest = readManifest(found.manifest) ?? null
  const isIndexOfManifest = manifest !== null && found.index === manifest.index
  if (manifest?.state === 'pending' && !isIndexOfManifest) return beforeSwitch(found, manifest)
  const content = found.text && readContent(found.text, manifest ?? undefined)
  const hash = content?.hash
  return {
    origin: originOf(found, manifest, hash),
    content,
    manifest: manifest && { ...manifest, state: 'done' },
    interrupted: manifest?.state === 'pending' ? manifest : null,
    isKept: false,
    isFresh: isIndexOfManifest && hash === manifest.text,
  }
}

function originOf(
  { text, index }: Found,
  manifest: Manifest | null,
  hash: string | undefined,
): Installed['origin'] {
  if (text === null && (index === null || manifest !== null)) return 'none'
  if (manifest === null) return 'by-hand'
  if (hash !== manifest.text) return 'edited'
  return manifest.byHand ? 'by-hand' : 'ours'
}

/** The text may be replaced already; the index is not. */
function beforeSwitch(found: Found, pending: Manifest): Installed {
  const { previous } = pending
  const hash = found.text === null ? undefined : hashText(found.text)
  const isExpected = hash === previous?.text || hash === pending.text
  const common = { interrupted: pending, isKept: true, isFresh: false }
  if (!isExpected)
    return {
      ...common,
      isKept: false,
      origin: 'edited',
      content: found.text && readContent(found.text),
      manifest: null,
    }
  if (!previous) return { ...common, origin: 'none', content: null, manifest: null }
  // Only the index was to be made anew, and the copy is that of an earlier table.
  if (found.text && hash === pending.text && hash === previous.text) {
    const manifest = { ...pending, state: 'done' } as const
    return { ...common, origin: 'ours', content: readContent(found.text), manifest }
  }
  const kept = found.previousText && readContent(found.previousText)
  const manifest = readManifest(found.previousManifest) ?? null
  const isWhole = kept?.hash === previous.text && manifest !== null
  return {
    ...common,
    isKept: isWhole,
    origin: isWhole && !manifest.byHand ? 'ours' : 'by-hand',
    content: isWhole ? kept : found.text && readContent(found.text),
    manifest: isWhole ? manifest : null,
  }
}
