import { expect, test } from 'vitest'
import { readContent } from '../../src/install/content.ts'
import { makePlan } from '../../src/install/plan.ts'
import { formatPlan } from '../../src/install/plan-text.ts'
import { defaultSettings } from '../../src/language/settings.ts'

const content = (text: string) => readContent(new TextEncoder().encode(text))
const good = 'a.example may protocols=!SSLv2:!SSLv3\n'
const bad = 'a.example may protocols=!SSLv2,!SSLv3\na.example. may\n'
const plain = (_: unknown, text: string) => text

const wordsOf = (before: string, after: string) =>
  formatPlan(makePlan(content(before), content(after), defaultSettings), plain).replace(/\s+/g, ' ')

test('a line that Postfix refuses stops mail, where it goes and where it comes back', () => {
  const goes = wordsOf(bad, good)
  expect(goes).toContain(
    'Postfix refuses the installed line for "a.example", so that mail to it waits until the line goes: "may protocols=!SSLv2,!SSLv3"',
  )
  expect(goes).toContain(
    'the installed line for "a.example." is of no use to Postfix, and goes: "may"',
  )
  const comes = wordsOf(good, bad)
  expect(comes).toContain(
    'Postfix refuses the line for "a.example" that comes back, so that mail to it will wait: "may protocols=!SSLv2,!SSLv3"',
  )
  expect(comes).toContain(
    'the line for "a.example." is of no use to Postfix, and comes back: "may"',
  )
  expect(wordsOf(good, 'a.example may\n')).not.toContain('warning: ')
})
