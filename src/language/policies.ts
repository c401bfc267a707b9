import type { EncodingRule } from './encoding.ts'
import type { Fault } from './fault.ts'
import { withoutFloods } from './floods.ts'
import type { Override } from './override.ts'
import { quote } from './quote.ts'
import type { OverrideRule } from './read-override.ts'
import type { SettingsRule } from './read-settings.ts'
import type { Settings } from './settings.ts'
import { defaultSettings } from './settings.ts'
import type { Refusal, SourceFile } from './source.ts'
import { largestFile, settingsPath } from './source.ts'

export type ReadingRule = EncodingRule | OverrideRule | SettingsRule | Refusal

/** A fault and the file that has it. */
export interface FileFault<Rule extends string = string> extends Fault<Rule> {
  readonly path: string
}

/** What one file says: an override, the settings, or faults alone. */
export interface FileReading {
  readonly override?: Override
  readonly settings?: Settings
  readonly faults: readonly Fault<ReadingRule>[]
}

/** One side of everything: the folder of policies as it was read. */
export interface Policies {
  /** Paths of the override files, read or refused, in order. */
  readonly paths: readonly string[]
  readonly overrides: readonly Override[]
  readonly settings: Settings
  readonly faults: readonly FileFault<ReadingRule>[]
}

/** Puts the folder together from its files; `read` is `readFile`, or remembers what it said. */
export function collectPolicies(
  files: readonly SourceFile[],
  read: (path: string, bytes: Uint8Array) => FileReading,
): Policies {
  const overrides: Override[] = []
  const faults: FileFault<ReadingRule>[] = []
  let settings = defaultSettings
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1))
  for (const file of sorted) {
    const reading: FileReading =
      'refused' in file ? { faults: [refusal(file)] } : read(file.path, file.bytes)
    if (reading.override) overrides.push(reading.override)
    if (reading.settings) settings = reading.settings
    const found = reading.faults.map(fault => ({ ...fault, path: file.path }))
    faults.push(...withoutFloods(found))
  }
  const paths = sorted.map(({ path }) => path).filter(path => path !== settingsPath)
  return { paths, overrides, settings, faults }
}

const refusals = {
  'symbolic-link': () => [
    'this is a symbolic link, and is not followed',
    'put the file itself here',
  ],
  'not-a-file': () => [
    'this is no file but another repository, a device, a socket or a pipe, and is not read',
    'remove it',
  ],
  unreadable: () => ['this cannot be read', 'check the owner and the mode'],
  'too-large': () => [
    `the file is larger than ${largestFile.toLocaleString('en')} bytes, and is not read`,
    'divide it over several files',
  ],
  'file-name': path => [
    `the name ${quote(path)} holds characters that cannot be shown, and the file is not read`,
    'rename it',
  ],
  'ignored-file': path => [
    `the file is not read: ${/(^|\/)_/.test(path) ? 'the settings are in _settings.yaml in the folder itself' : 'overrides end with .yaml or .yml, in lower case'}`,
    'rename it, or delete it',
  ],
} as const satisfies Readonly<Record<Refusal, (path: string) => readonly [string, string]>>

function refusal(file: { readonly path: string; readonly refused: Refusal }): Fault<Refusal> {
  const [message, help] = refusals[file.refused](file.path)
  return { rule: file.refused, message, help, at: { start: 0, end: 0 } }
}
