import { pointer } from '../language/fault.ts'
import type { Override } from '../language/override.ts'
import { quote } from '../language/quote.ts'
import { describeField } from '../language/schema.ts'
import type { Requirable } from '../language/settings.ts'
import type { Check, Finding } from './rule.ts'

export type FieldRule = 'missing-field' | 'thin-justification'

/** Fields that the team requires, and words that say nothing. */
export const checkFields: Check<FieldRule> = function* ({ overrides, settings }) {
  for (const override of overrides) {
    // What an emergency leaves out, its renewal says.
    for (const field of override.emergency ? [] : settings.require)
      if (isMissing(override, field)) yield missing(override, field)
    const why = whyThin(override)
    if (override.justification.trim() === '') yield missing(override, 'justification')
    else if (why !== undefined) yield thin(override, why)
  }
}

function isMissing(override: Override, field: Requirable): boolean {
  const value = override[field]
  return value === undefined || value.length === 0
}

function missing({ path }: Override, field: Requirable | 'justification'): Finding<FieldRule> {
  return {
    rule: 'missing-field',
    path,
    message: `the field ${quote(field)} is ${field === 'justification' ? 'empty: imported without a justification, or not written yet' : 'missing or empty, and _settings.yaml requires it'}`,
    help: describeField(field),
    at: { pointer: pointer(field), key: true },
  }
}

const placeholder =
  /^(?:todo|tbd|tba|fixme|xxx+|test(?:ing)?|temp(?:orary)?|workaround|fix|none|n\/?a|see ticket|as discussed|asdf|lorem ipsum|\W*)\b\W*$/i

/** Fewest words and characters that can say who is at fault and what is being done. */
const fewest = { words: 4, characters: 20 } as const

function whyThin({ justification, destinations, policy, emergency }: Override): string | undefined {
  const text = justification.trim()
  if (placeholder.test(text)) return `${quote(text)} is a placeholder`
  const names = destinations.flatMap(({ text, host }) => [text, host])
  const words = text.split(/[^\p{L}\p{N}.@_-]+/u).filter(word => word !== '')
  const own = words.filter(word => word !== policy && !names.includes(word.toLowerCase()))
  if (own.length === 0) return `${quote(text)} repeats the destination and the policy`
  // Languages without blanks between words have fewer, longer ones.
  const isShort = text.length < fewest.characters || own.length < fewest.words
  return isShort &&
    !emergency &&
    !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]{8}/u.test(text)
    ? `${quote(text)} is too short`
    : undefined
}

function thin({ path }: Override, why: string): Finding<FieldRule> {
  return {
    rule: 'thin-justification',
    path,
    message: `the justification ${why}`,
    help: 'say what is broken at the recipient, how you know, and who was told',
    at: { pointer: '/justification' },
  }
}
