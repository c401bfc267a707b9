import type { Finger } from './finger.ts'
import { parseFinger } from './finger.ts'
import type { HostResult } from './host.ts'
import { describeHost, tlsaOf } from './host.ts'
import type { Answer, Asking } from './interview.ts'
import { insecurePolicy, keyOf } from './interview.ts'
import { askedLevels, judge, needsMay } from './judge.ts'
import type { Question, Sender } from './question.ts'

type Answers = ReadonlyMap<string, Answer>

interface Result {
  readonly host: HostResult
  /** The server has no address of this family. */
  readonly absent: boolean
}

/**
 * What the answers to a target's questions mean, server by server in the order in which Postfix would
 * try them. `resolverWorks` as in `judge`.
 */
export function hostsOf(
  askings: readonly Asking[],
  answers: Answers,
  resolverWorks: boolean,
  sender: Sender,
): readonly HostResult[] {
  const isInsecure = askings.some(({ question }) =>
    fingerOf(question, answers)?.signs.has('insecure-mx'),
  )
  const isMxKnown = askings.every(
    ({ only, question }) => !only || tellsMx(fingerOf(question, answers)),
  )
  const results = askings
    .filter(({ only, level, target }) => !only && level === askedLevels[target.proposal.policy])
    .map((asking): Result => {
      const finger = fingerOf(asking.question, answers)
      if (!finger) return { host: tooLate(asking.question), absent: false }
      const second = secondFinger(asking, askings, answers)
      return judgeAsking(asking, finger, second, { isInsecure, isMxKnown, resolverWorks, sender })
    })
  return withoutAbsent(results)
}

interface Circumstances {
  readonly isInsecure: boolean
  /** Whether it was seen that the MX record is signed, where that decides. */
  readonly isMxKnown: boolean
  readonly resolverWorks: boolean
  readonly sender: Sender
}

function judgeAsking(
  { target, question }: Asking,
  finger: Finger,
  second: Finger | undefined,
  { isInsecure, isMxKnown, resolverWorks, sender }: Circumstances,
): Result {
  const { policy: asked } = target.proposal
  const policy = isInsecure && asked === 'dane' ? insecurePolicy(sender) : asked
  const signs = isInsecure ? new Set([...finger.signs, 'insecure-mx' as const]) : finger.signs
  const needsSecond = needsMay(asked, finger)
  if (needsSecond && !second) return { host: tooLate(question), absent: false }
  const useSecond = needsSecond && second !== undefined
  const judgement = useSecond
    ? judge('may', second, resolverWorks)
    : judge(policy, { ...finger, signs }, resolverWorks)
  // At `dane-only` an unsigned MX record stops mail, and at `dane` it may let it go with less.
  if (!isMxKnown && judgement.state === (asked === 'dane-only' ? 'fixed' : 'broken'))
    return { host: { ...tooLate(question), why: unseenMx }, absent: false }
  const host = describeHost(question, useSecond ? second : finger, judgement)
  return { host: { ...host, tlsa: tlsaOf(finger) }, absent: judgement.absent === true }
}

const unseenMx = 'nobody can tell now whether the MX record is signed'

/** posttls-finger says of an unsigned MX record before it connects; where it got so far, it has. */
function tellsMx(finger: Finger | undefined): boolean {
  return finger !== undefined && (finger.peer !== undefined || finger.signs.has('not-connected'))
}

function fingerOf(question: Question, answers: Answers): Finger | undefined {
  const answer = answers.get(keyOf(question))
  return answer === undefined ? undefined : parseFinger(answer)
}

/** What the same server said at `may`, if it was asked. */
function secondFinger(
  { level, question: { mx, family } }: Asking,
  askings: readonly Asking[],
  answers: Answers,
): Finger | undefined {
  const second = askings.find(
    other => other.level !== level && other.question.mx === mx && other.question.family === family,
  )
  return second && fingerOf(second.question, answers)
}

function tooLate({ mx, family }: Question): HostResult {
  const nothing = { address: null, tls: null, certificate: null, tlsa: null, words: [] }
  const why = 'posttls-finger did not end in time, or the server said too much'
  return { mx, family, state: 'unknown', outcome: null, problem: null, why, ...nothing }
}

/**
 * A family without addresses is no failure. A server without any is passed over, as smtp(8) does, where
 * another one has some; else that is told once for each.
 */
function withoutAbsent(results: readonly Result[]): readonly HostResult[] {
  const present = results.filter(({ absent }) => !absent)
  if (present.length > 0) return present.map(({ host }) => host)
  const told = new Set<string>()
  return results.flatMap(({ host }) => {
    const isFirst = !told.has(host.mx)
    told.add(host.mx)
    return isFirst ? [host] : []
  })
}
