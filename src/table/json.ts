import { jsonText } from '../language/json-text.ts'
import type { Entry } from './entries.ts'
import { digestEntries } from './text.ts'

/** The table as `schema/compile.schema.json` describes it. */
export function formatEntries(
  entries: readonly Entry[],
  display: (path: string) => string,
): string {
  const shown = entries.map(({ key, value, override }) => ({
    key,
    value,
    file: display(override.path),
  }))
  return jsonText({ version: 1, digest: digestEntries(entries), entries: shown })
}
