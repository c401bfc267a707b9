import { afterAll, beforeAll, expect, test } from 'vitest'
import { kinds } from '../../src/language/kind.ts'
import type { Policy } from '../../src/language/policy.ts'
import { policies } from '../../src/language/policy.ts'
import type { Settings } from '../../src/language/settings.ts'
import { defaultSettings } from '../../src/language/settings.ts'
import { baselineOutcomes, outcomesOf } from '../../src/outcomes/acting.ts'
import type { Outcome } from '../../src/outcomes/outcomes.ts'
import { measuredOutcomes, outcomeOf } from '../../src/outcomes/outcomes.ts'
import { formatTable } from '../../src/table/text.ts'
import { judge } from '../judgement.ts'
import { describeWith } from '../postfix/available.ts'
import { fileOf } from '../postfix/combinations.ts'
import { outcome } from '../postfix/delivery.ts'
import type { Known, Lab, Sending, Sent } from './lab.ts'
import { startLab } from './lab.ts'
import { LAB_NEEDS } from './needs.mjs'

type MeasuredKind = (typeof kinds)[number]

interface Case {
  readonly kind: MeasuredKind
  readonly policy: Policy
  /** A subdomain of the recipient's, so that each policy has an entry of its own. */
  readonly domain: string
  readonly pin: string
}

interface Measured extends Case {
  readonly sent: Sent
}

const withoutDnssec: Settings = {
  ...defaultSettings,
  postfix: { ...defaultSettings.postfix, dnsSupportLevel: 'enabled' },
}

const show = ({ kind, policy }: Case, result: Outcome | undefined) =>
  `${kind} at ${policy}: ${result}`

describeWith(LAB_NEEDS, 'the outcomes', () => {
  let lab: Lab
  let labWithoutDnssec: Lab
  let measured: readonly Measured[]
  beforeAll(async () => {
    const postfix = { smtp_dns_support_level: 'enabled' }
    const labs = [startLab(), startLab({ postfix })] as const
    ;[lab, labWithoutDnssec] = await Promise.all(labs)
    measured = await measure(lab, policies)
  }, 60_000)
  afterAll(() => Promise.all([lab?.stop(), labWithoutDnssec?.stop()]))

  test('are what Postfix does in the end with mail to each kind of recipient', () => {
    expect(measured.map(found => show(found, outcome(found.sent, found.policy)))).toEqual(
      measured.map(found => show(found, measuredOutcomes(found.policy)[found.kind])),
    )
    expect(measured).toHaveLength(kinds.length * policies.length)
  })

  test('in plaintext are what recipients took in plaintext', async () => {
    const taken = (await lab.received()).map(({ to, protocol }) => `${to} ${protocol !== null}`)
    const told = measured
      .filter(({ sent }) => sent.status === 'sent')
      .map(({ domain, sent }) => `x${sent.id}@${domain} ${sent.outcome !== 'plaintext'}`)
    expect(told.filter(mail => !taken.includes(mail))).toEqual([])
    expect(told).toContainEqual(expect.stringContaining('false'))
  })

  test('come late where the handshake fails: the first attempt is never plaintext', async () => {
    const first = await measure(lab, ['none', 'may', 'dane'], { late: false })
    const failing = first.filter(({ kind }) => kind === 'handshake-failure')
    expect(failing.map(({ policy, sent }) => `${policy}: ${sent.outcome}`)).toEqual([
      'none: plaintext',
      'may: deferred',
      'dane: deferred',
    ])
  }, 60_000)

  test('of "dane" without DNSSEC are those of the policy as which it acts', async () => {
    const found = await measure(labWithoutDnssec, ['dane', 'dane-only'])
    expect(found.map(each => show(each, each.sent.outcome))).toEqual(
      found.map(each => show(each, foretell(each, withoutDnssec))),
    )
  }, 60_000)

  test('without an override are those of the default policy', async () => {
    const labs = [
      { each: lab, settings: defaultSettings },
      { each: labWithoutDnssec, settings: withoutDnssec },
    ]
    await Promise.all(
      labs.map(async ({ each, settings }) => {
        const cases = await casesFor(each, ['dane'])
        await each.setTable('')
        const sent = await each.sendMany(domainsOf(cases), { late: true })
        expect(cases.map((found, i) => show(found, sent[i]?.outcome))).toEqual(
          cases.map(found => show(found, outcomeOf(baselineOutcomes(settings), found.kind))),
        )
      }),
    )
  }, 60_000)
})

const foretell = ({ policy, kind }: Case, settings: Settings) =>
  outcomeOf(outcomesOf({ policy, parameters: {} }, settings), kind)

const domainsOf = (cases: readonly Case[]) => cases.map(({ domain }) => domain)

async function casesFor(lab: Lab, columns: readonly Policy[]): Promise<readonly Case[]> {
  const recipients = [...(await lab.recipients()).values()]
  return kinds.flatMap(kind =>
    recipients
      .filter(recipient => recipient.kind === kind)
      .flatMap(({ domain, pin }: Known) =>
        columns.map(policy => ({ kind, policy, domain: `${policy}.${domain}`, pin })),
      ),
  )
}

/** Sends a mail to each kind of recipient by each policy, with a table that this project compiled. */
async function measure(
  lab: Lab,
  columns: readonly Policy[],
  sending: Sending = { late: true },
): Promise<readonly Measured[]> {
  const cases = await casesFor(lab, columns)
  const files = cases.map(({ policy, domain, pin }) => {
    const parameters = policy === 'fingerprint' ? { match: pin } : {}
    return fileOf(domain, { policy, parameters })
  })
  await lab.setTable(formatTable(judge(files).entries))
  const all = await lab.sendMany(domainsOf(cases), sending)
  return cases.flatMap((found, i) => {
    const sent = all[i]
    return sent ? [{ ...found, sent }] : []
  })
}
