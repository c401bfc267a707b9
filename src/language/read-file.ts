import { decode } from './encoding.ts'
import type { FileReading } from './policies.ts'
import { readOverride } from './read-override.ts'
import { readSettings } from './read-settings.ts'
import { settingsPath } from './source.ts'

/** Reads the bytes of one file: the settings by their name, an override otherwise. */
export function readFile(path: string, bytes: Uint8Array): FileReading {
  const { text, fault } = decode(bytes)
  if (fault) return { faults: [fault] }
  return path === settingsPath ? readSettings(text) : readOverride(path, text)
}
