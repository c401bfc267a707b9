import * as fc from 'fast-check'
import type { Destination } from '../../../src/language/destination.ts'
import type { Override } from '../../../src/language/override.ts'
import { parameterNames } from '../../../src/language/parameters.ts'
import { policies } from '../../../src/language/policy.ts'
import { defaultSettings } from '../../../src/language/settings.ts'
import { findBaselineChange } from '../../../src/review/baseline.ts'
import { findChanges } from '../../../src/review/changes.ts'
import type { Context } from '../../../src/review/forms/heads.ts'
import type { Past } from '../../../src/review/past.ts'
import type { Review } from '../../../src/review/review.ts'

/** What an attacker would write into a pull request; each means something to some reader of a form. */
export const traps = [
  '\n',
  '\r\n',
  '\u2028',
  '\u0085',
  '\u00a0',
  ' ',
  ' ::error::x ',
  '\n::stop-commands::x',
  '\u3000::add-mask::a ',
  '##[add-mask]a',
  '##vso[task.setvariable]x',
  '`',
  '``',
  ' ``` ',
  '~~~',
  '\\',
  '@mention',
  '@org/team',
  '#123',
  'GH-123',
  'owner/repo#5',
  'https://evil.example/',
  'www.evil.example',
  'a@b.example',
  '<script>alert(1)</script>',
  '<!--',
  '-->',
  '<details open>',
  '![image](https://evil.example/x.png)',
  '[text](javascript:x)',
  '[x]: https://evil.example',
  '# heading',
  '> quote',
  '- item',
  '1. item',
  '---',
  '===',
  '|',
  '*bold* _em_',
  '&lt;&#64;',
  ':tada:',
  '$x$',
  '\u001b[2J',
  '\u202e',
  '\u200b',
  '\ufeff',
  '\ud800',
  '中文 👩\u200d🚀',
  'x'.repeat(300),
]

/** Now and then very long. */
const hostileText = fc
  .tuple(
    fc.array(fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary' })), { maxLength: 8 }),
    fc.constantFrom(1, 1, 1, 1, 500),
  )
  .map(([parts, times]) => parts.join('').repeat(times).slice(0, 20_000))

const day = fc.constantFrom('2026-11-18', '2026-12-15', '2027-01-15')

const hostileDestination = fc.tuple(fc.constantFrom('', '.'), hostileText).map(
  ([dot, text]): Destination => ({
    text: `${dot}${text}`,
    form: dot === '' ? 'domain' : 'parent',
    keys: [`${dot}${text.slice(0, 9)}`],
    host: text,
    address: false,
    at: '/destination',
  }),
)

const parameters = fc
  .array(fc.tuple(fc.constantFrom(...parameterNames), fc.array(hostileText, { maxLength: 3 })))
  .map(values => Object.fromEntries(values))

/** An override that no reader of files would let through: every text of it is hostile. */
export const hostileOverride: fc.Arbitrary<Override> = fc.record(
  {
    path: hostileText,
    destinations: fc.array(hostileDestination, { maxLength: 3 }),
    policy: fc.constantFrom(...policies),
    parameters,
    emergency: fc.boolean(),
    active: fc.constantFrom(true, true, true, false),
    justification: hostileText,
    reviewDate: day,
    owner: hostileText,
    ticket: hostileText,
    contacted: fc.array(fc.record({ date: day, to: hostileText }), { maxLength: 2 }),
    renewals: fc.array(fc.record({ date: day, until: day, because: hostileText }), {
      maxLength: 2,
    }),
  },
  {
    requiredKeys: [
      'path',
      'destinations',
      'policy',
      'parameters',
      'active',
      'emergency',
      'justification',
      'reviewDate',
      'contacted',
      'renewals',
    ],
  },
)

const settings = fc
  .tuple(fc.constantFrom(...policies), fc.constantFrom('none', 'mta-sts'))
  .map(([defaultPolicy, dynamicPolicy]) => ({
    ...defaultSettings,
    postfix: { ...defaultSettings.postfix, defaultPolicy, dynamicPolicy },
  }))

const side = fc.record({ overrides: fc.array(hostileOverride, { maxLength: 4 }), settings })

const hostileCommit = fc.record(
  { commit: fc.constant('0123456789abcdef0123456789abcdef01234567'), name: hostileText },
  { requiredKeys: ['commit'] },
)

export const hostileOrigin = fc.record(
  {
    day,
    author: hostileText,
    commit: fc.constantFrom('01', '23'),
    pullRequest: hostileText,
    reviewers: fc.array(hostileText, { maxLength: 2 }),
  },
  { requiredKeys: ['day', 'author', 'commit', 'reviewers'] },
)

const hostilePast: fc.Arbitrary<Past> = fc.record({
  override: fc.option(
    fc.record({
      written: hostileOrigin,
      changed: hostileOrigin,
      reviewDates: fc.array(day),
      extensions: fc.nat(3),
    }),
  ),
  overriddenSince: fc.option(day),
  earlier: fc.array(fc.record({ path: hostileText, from: hostileOrigin, until: hostileOrigin }), {
    maxLength: 5,
  }),
})

export const hostileReview: fc.Arbitrary<{ readonly review: Review; readonly context: Context }> =
  fc
    .record({
      before: side,
      after: side,
      unread: fc.array(fc.record({ path: hostileText, side: fc.constantFrom('before', 'after') }), {
        maxLength: 7,
      }),
      digest: fc.constantFrom('0'.repeat(64), null),
      base: hostileCommit,
      head: fc.option(hostileCommit),
      history: fc.option(hostilePast),
    })
    .map(({ before, after, unread, digest, base, head, history }) => ({
      review: {
        baseline: findBaselineChange(before.settings, after.settings),
        changes: findChanges(before, after),
        unread,
        digest,
      },
      context: {
        compared: { base, head },
        display: (path: string) => `policies/${path}`,
        past: () => history,
      },
    }))
