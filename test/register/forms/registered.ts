import type { Day } from '../../../src/language/day.ts'
import type { Register } from '../../../src/register/register.ts'
import { makeRegister } from '../../../src/register/register.ts'
import type { History } from '../../../src/review/history.ts'
import type { Files } from '../../review/sides.ts'
import { side } from '../../review/sides.ts'

/** The register of such files on a day; an override may lack what every override needs. */
export function registerOf(
  files: Files,
  asOf: Day = '2026-11-22',
  history: History | 'shallow' | 'none' = 'none',
): Register {
  return makeRegister(side(files), asOf, history)
}

/** Texts that have broken out of other formats before. */
export const hostileTexts = [
  'a\\nb \\, \\; \\\\',
  'semi;colon, comma: "quotes" and = signs',
  'END:VEVENT BEGIN:VALARM ATTACH:https://evil.example',
  'ünïcode 漢字 🇩🇪 👩‍👩‍👧‍👦 e\u0301',
  '"} 1\\ntlspolicy_evil 1',
  `${'long '.repeat(60)}ä${'ß'.repeat(200)}`,
]
