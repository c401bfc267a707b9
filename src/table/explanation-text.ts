import { harmless } from '../language/harmless.ts'
import type { Override } from '../language/override.ts'
import { oneLine, wrap } from '../language/wrap.ts'
import { changeSentences, outcomeSentences, parameterSentences } from '../outcomes/sentences.ts'
import { effectWords } from '../outcomes/words.ts'
import type { Explanation } from './explanation.ts'
import type { Match } from './lookup.ts'

/** How a piece of text is dressed; the text stays the same. */
type Paint = (style: 'bold' | 'dim', text: string) => string

/** The explanation for a person who does not know Postfix. */
export function formatExplanation(
  explanation: Explanation,
  display: (path: string) => string,
  history: readonly string[],
  paint: Paint,
): string {
  const { match, outcomes, baseline, parameters } = explanation
  const changes = [
    ...changeSentences(baseline, outcomes),
    ...parameterSentences(parameters, outcomes),
  ]
  const sections = [
    [headline(explanation, display, paint)],
    [
      ...(match ? fields(match, explanation) : []),
      ...history.flatMap(line => row('history', line)),
    ],
    section('What happens to mail', outcomeSentences(outcomes), paint),
    section(match ? 'What the override changes' : '', match ? changes : [], paint),
  ]
  return `${sections
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n')}`
}

function headline(
  { destination, match, inactive, keys, settings }: Explanation,
  display: (path: string) => string,
  paint: Paint,
): string {
  const asked = paint('bold', harmless(destination))
  const order = `Postfix asks for ${keys.map(harmless).join(', then ')}`
  if (match) {
    const how = match.how === 'exact' ? 'which names it' : 'which covers the domains below it'
    const key = `${harmless(match.entry.key)}, ${how}`
    return `${asked}: ${display(match.entry.override.path)} applies\n${order}; the first that is in the table is ${key}.`
  }
  const asleep = inactive ? `\n${display(inactive.path)} would apply, and is not active.` : ''
  const { defaultPolicy, dynamicPolicy } = settings.postfix
  const resolver = dynamicPolicy === 'none' ? '' : ', after the resolver of MTA-STS policies'
  return `${asked}: no override applies\n${order}; none is in the table. The servers' default holds: ${defaultPolicy}${resolver}.${asleep}`
}

function fields({ entry }: Match, { effect }: Explanation): readonly string[] {
  const { override } = entry
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['entry', `${entry.key} ${entry.value}`],
    ['effect', effectWords[effect]],
    ['why', oneLine(override.justification)],
    ...override.renewals.map(renewal => ['renewed', renewed(renewal)] as const),
    ['problem', override.problem],
    ['review', override.reviewDate],
    ['owner', override.owner],
    ['ticket', override.ticket],
    ...override.contacted.map(({ date, to }) => ['told', `${to} on ${date}`] as const),
  ]
  return rows.flatMap(([name, value]) => (value === undefined ? [] : row(name, harmless(value))))
}

function row(name: string, text: string): readonly string[] {
  return wrap(`  ${name.padEnd(8)} `, text)
}

function renewed({ date, until, because }: Override['renewals'][number]): string {
  return `on ${date} until ${until}: ${oneLine(because)}`
}

function section(title: string, sentences: readonly string[], paint: Paint): readonly string[] {
  if (sentences.length === 0) return []
  return [paint('bold', title), ...sentences.flatMap(sentence => wrap('  - ', sentence))]
}
