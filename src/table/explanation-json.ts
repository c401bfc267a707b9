import { jsonText } from '../language/json-text.ts'
import type { Explanation } from './explanation.ts'

/** The explanation as `schema/explain.schema.json` describes it. */
export function explanationJson(
  { destination, match, effect, outcomes, baseline }: Explanation,
  display: (path: string) => string,
  history: unknown,
): string {
  const found = match && {
    key: match.entry.key,
    value: match.entry.value,
    file: display(match.entry.override.path),
    how: match.how,
  }
  return jsonText({
    version: 1,
    destination,
    match: found,
    effect,
    outcomes,
    baseline,
    history: history ?? null,
  })
}
