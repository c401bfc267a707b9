import type { Refusal } from '../language/source.ts'

/** What a name in the policies folder stands for, on disk or in a commit. */
export type EntryKind = 'file' | 'folder' | 'symbolic-link' | 'submodule' | 'other'

/**
 * What happens to an entry of the policies folder: `read` (of a folder, what is below it), `skip`
 * where it never looked like an override, or why it is refused. The path is inside the folder, with
 * slashes; what is not UTF-8 arrives as U+FFFD.
 */
export function judgeName(
  path: string,
  kind: EntryKind,
  settingsPath: string,
): 'read' | 'skip' | Refusal {
  const name = path.slice(path.lastIndexOf('/') + 1)
  if (/^[._]/.test(name) && !/^_settings\.ya?ml$/i.test(path)) return 'skip'
  const isOverride = /\.ya?ml$/.test(name)
  const leadsOn = kind === 'folder' || kind === 'symbolic-link' || kind === 'submodule'
  if (!leadsOn && !/\.ya?ml\b/i.test(name)) return 'skip'
  if (!isShown(name)) return 'file-name'
  if (kind === 'symbolic-link') return 'symbolic-link'
  if (kind === 'folder') return isOverride ? 'not-a-file' : 'read'
  if (kind !== 'file') return 'not-a-file'
  return isOverride && (!name.startsWith('_') || path === settingsPath) ? 'read' : 'ignored-file'
}

/** Whether each character of a name can be seen. */
function isShown(name: string): boolean {
  return !/[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\ufffd]/u.test(name)
}
