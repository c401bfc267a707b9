/** Why a file of the policies folder is not read. */
export type Refusal =
  | 'symbolic-link'
  | 'not-a-file'
  | 'unreadable'
  | 'too-large'
  | 'file-name'
  | 'ignored-file'

/** A file of the policies folder; its path is inside the folder, with slashes. */
export type SourceFile =
  | { readonly path: string; readonly bytes: Uint8Array }
  | { readonly path: string; readonly refused: Refusal }

/** The file with the settings, in the policies folder itself. */
export const settingsPath = '_settings.yaml'

/** The largest file that is read, in bytes: a hundred times a long override. */
export const largestFile = 65_536
