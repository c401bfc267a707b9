import { expect, test } from 'vitest'
import type { Kind } from '../../src/language/kind.ts'
import { kinds, stsKinds } from '../../src/language/kind.ts'
import { parameterNames } from '../../src/language/parameters.ts'
import type { Policy } from '../../src/language/policy.ts'
import { effects } from '../../src/language/settings.ts'
import { compareOutcomes } from '../../src/outcomes/compare.ts'
import type { Outcome, Outcomes } from '../../src/outcomes/outcomes.ts'
import { measuredOutcomes, withStsKinds } from '../../src/outcomes/outcomes.ts'
import {
  changeSentences,
  outcomeSentences,
  parameterSentences,
} from '../../src/outcomes/sentences.ts'
import * as words from '../../src/outcomes/words.ts'
import { allOutcomes } from './arbitrary.ts'

const allKinds: readonly Kind[] = [...kinds, ...stsKinds]
const allPairs = allOutcomes.flatMap(was => allOutcomes.map(will => [was, will] as const))

function changed(before: Policy, after: Policy): readonly string[] {
  return changeSentences(measuredOutcomes(before), measuredOutcomes(after))
}

function withKind(kind: Kind, outcome: Outcome): Outcomes {
  return { ...withStsKinds(measuredOutcomes('dane')), [kind]: outcome }
}

test('dane to may is told from the worst on', () => {
  expect(changed('dane', 'may')).toEqual([
    'A recipient that publishes TLSA records but offers no STARTTLS: mail was refused, will be delivered unencrypted, and anybody on the way can read it.',
    'A recipient whose TLSA records match: mail was delivered encrypted to the proven server, will be delivered encrypted to whoever answers.',
    'A recipient whose TLSA records do not match or cannot be looked up: mail was refused, will be delivered encrypted to whoever answers.',
  ])
})

test('a single kind is named as it is', () => {
  const before = measuredOutcomes('dane')
  expect(changeSentences(before, { ...before, 'tlsa-mismatch': 'encrypted' })).toEqual([
    'A recipient whose TLSA records do not match: mail was refused, will be delivered encrypted to whoever answers.',
  ])
})

test('mail that stops comes after mail that is exposed and before mail that is let out safely', () => {
  const before = measuredOutcomes('dane')
  const sentences = changeSentences(before, {
    ...before,
    'tlsa-mismatch': 'verified',
    'tlsa-match': 'deferred',
    'untrusted-certificate': 'plaintext',
  })
  expect(sentences.map(text => /: mail (.*)\.$/.exec(text)?.[1])).toEqual([
    'was delivered encrypted to whoever answered, will be delivered unencrypted, and anybody on the way can read it',
    'was delivered encrypted to the proven server, will wait in the queue and return to the sender after five days',
    'was refused, will be delivered encrypted to the proven server',
  ])
})

test('the outcomes of one side are told from the worst on', () => {
  expect(outcomeSentences(measuredOutcomes('dane'))).toEqual([
    'A recipient that offers no STARTTLS and publishes no TLSA records: mail goes out unencrypted, and anybody on the way can read and change it.',
    'A recipient that offers STARTTLS but fails in the TLS handshake: mail goes out unencrypted after about five minutes, and anybody on the way can read and change it.',
    'A recipient that offers STARTTLS and publishes no TLSA records: mail is encrypted, but to whoever answers, so that somebody who redirects the connection can read it.',
    'A recipient whose TLSA records match: mail is encrypted to a server that has proven its name, and nobody on the way can read it.',
    'A recipient whose TLSA records do not match or cannot be looked up; or one that publishes TLSA records but offers no STARTTLS: mail is not delivered, but waits in the queue and returns to the sender after five days.',
  ])
  expect(outcomeSentences(measuredOutcomes('none'))).toEqual([
    'Every recipient: mail goes out unencrypted, and anybody on the way can read and change it.',
  ])
})

test('a failed handshake leads to plaintext after five minutes where TLS is tried, else at once', () => {
  expect(outcomeSentences(measuredOutcomes('may')).join()).toContain('five minutes')
  expect(outcomeSentences(measuredOutcomes('none')).join()).not.toContain('five minutes')
  const told = changed('encrypt', 'may').find(text => text.includes('handshake'))
  expect(told).toContain('mail was refused, will be delivered unencrypted after about five minutes')
  expect(changed('may', 'secure').join()).toContain('was delivered unencrypted after about five')
  expect(changed('encrypt', 'none').join()).not.toContain('five minutes')
})

test('fingerprint promises nothing without the pinned key', () => {
  expect(changed('may', 'fingerprint').join()).toContain('if the server holds the pinned key')
  expect(changed('fingerprint', 'may').join()).toContain('if the server held the pinned key')
  expect(changed('may', 'secure').join()).not.toContain('pinned')
})

test('another key is told apart only where a pin decides', () => {
  expect(changed('dane', 'none').join()).not.toContain('pinned')
  expect(changed('dane', 'fingerprint').join()).toContain('another key than the pinned one')
})

test('of kinds that reach the same outcome, those that fall deepest come first', () => {
  expect(changed('dane', 'none')).toEqual([
    'A recipient whose TLSA records match: mail was delivered encrypted to the proven server, will be delivered unencrypted, and anybody on the way can read it.',
    'A recipient whose TLSA records do not match or cannot be looked up; or one that publishes TLSA records but offers no STARTTLS: mail was refused, will be delivered unencrypted, and anybody on the way can read it.',
    'A recipient that offers STARTTLS and publishes no TLSA records: mail was delivered encrypted to whoever answered, will be delivered unencrypted, and anybody on the way can read it.',
  ])
})

test('a change that reaches everybody says so', () => {
  const outcomes = measuredOutcomes('none')
  const deferred = Object.fromEntries(kinds.map(kind => [kind, 'deferred'])) as Outcomes
  expect(changeSentences(outcomes, deferred)).toEqual([
    'Every recipient: mail was delivered unencrypted, will wait in the queue and return to the sender after five days.',
  ])
})

test.each(allKinds)('%s has a sentence for every change', kind => {
  for (const [was, will] of allPairs) {
    const sentences = changeSentences(withKind(kind, was), withKind(kind, will))
    expect(sentences).toHaveLength(was === will ? 0 : 1)
    if (was === will) continue
    const name = words.kindWords[kind]
    expect(sentences[0]).toContain(name.slice(1))
    expect(sentences[0]).toMatch(/^A recipient .*: mail was .*, will .*[^.]\.$/)
  }
})

test('sentences are there exactly where outcomes differ', () => {
  const policies: readonly Policy[] = ['none', 'may', 'encrypt', 'dane', 'fingerprint', 'secure']
  for (const before of policies) {
    for (const after of policies) {
      const sides = [measuredOutcomes(before), measuredOutcomes(after)] as const
      expect(changeSentences(...sides).length > 0).toBe(
        compareOutcomes(...sides).verdict !== 'same',
      )
    }
  }
})

test('every parameter has a sentence for every effect', () => {
  for (const name of parameterNames) {
    for (const effect of effects) {
      const [sentence, ...more] = parameterSentences(
        { [name]: effect },
        measuredOutcomes('encrypt'),
      )
      expect(sentence).toMatch(new RegExp(`^The parameter ${name} \\(.+\\) .+\\.$`))
      expect(more).toEqual([])
    }
  }
  const moved = { ciphers: 'weaker', match: 'stronger' } as const
  expect(parameterSentences(moved, measuredOutcomes('secure'))).toEqual([
    'The parameter match (the names or keys that prove the server) protects more than before.',
    'The parameter ciphers (how strong the ciphers have to be) protects less than before.',
  ])
})

// Measured: after a failed handshake, Postfix tries again in plaintext where TLS is not mandatory.
test.each(['protocols', 'ciphers', 'exclude'] as const)(
  'the price of narrower %s is told',
  name => {
    const told = (policy: Policy, effect: 'stronger' | 'weaker') =>
      parameterSentences({ [name]: effect }, measuredOutcomes(policy)).join()
    for (const policy of ['may', 'dane'] as const) {
      expect(told(policy, 'stronger')).toContain('unencrypted after about five minutes')
      expect(told(policy, 'weaker')).not.toContain('unencrypted')
    }
    for (const policy of ['none', 'encrypt', 'dane-only', 'secure'] as const)
      expect(told(policy, 'stronger')).not.toContain('unencrypted')
  },
)

test('no sentence needs a Postfix manual', () => {
  const { familyWords, parameterWords, ...tables } = words
  const phrases = [
    ...Object.values(tables).flatMap(table => Object.values<string>(table)),
    ...familyWords.map(family => family.words),
    ...Object.values(parameterWords),
  ]
  const jargon =
    /\d\.\d\.\d|smtp|\(8\)|defer|dane|next-?hop|main\.cf|_|postfix|baseline|bounce|opportunistic/i
  expect(phrases.length).toBeGreaterThan(50)
  expect(phrases.filter(phrase => jargon.test(phrase))).toEqual([])
  expect(phrases.filter(phrase => /[.!\n]$|^\s|\s{2}/.test(phrase))).toEqual([])
})
