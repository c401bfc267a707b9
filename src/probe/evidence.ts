import { kinds, stsKinds } from '../language/kind.ts'
import { oneLine } from '../language/wrap.ts'
import { exposure } from '../outcomes/compare.ts'
import type { Outcome } from '../outcomes/outcomes.ts'
import { tlsStatuses } from './finger.ts'
import type { HostResult, Shown } from './host.ts'
import { tlsaAnswers } from './host.ts'
import { states } from './judge.ts'
import type { Pass } from './pass.ts'

/** One line of an evidence file: one server of one destination, in one pass. */
export interface EvidenceRecord extends HostResult {
  readonly destination: string
  readonly policy: string
  readonly time: string
  /** The mail host that asked. */
  readonly from: string
  /** How many lines the pass has; absent in evidence of earlier versions. */
  readonly of?: number
}

/** The lines that a pass adds to an evidence file, each with its line feed. */
export function formatEvidence({ destination, policy, time, hosts }: Pass, from: string): string {
  return hosts
    .map(host =>
      JSON.stringify({ version: 1, time, from, destination, policy, of: hosts.length, ...host }),
    )
    .map(line => `${line}\n`)
    .join('')
}

/** Evidence that nobody wrote by hand is smaller than this. */
const longestLine = 16 * 1024

/**
 * The records of an evidence file, which may come from another host: what is no record, says something
 * else than it may, or lies after `now`, is left out and counted.
 */
export function readEvidence(
  text: string,
  now: Date,
): { readonly records: readonly EvidenceRecord[]; readonly leftOut: number } {
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const latest = new Date(now.getTime() + clockSkew).toISOString()
  const records = lines
    .map(line => (line.length > longestLine ? undefined : readRecord(line)))
    .filter(record => record !== undefined)
    .filter(({ time }) => time <= latest)
  return { records, leftOut: lines.length - records.length }
}

/** Clocks of two hosts differ; in milliseconds. */
const clockSkew = 10 * 60 * 1000

/**
 * The passes of records: the lines that one host wrote of a destination at one time. Where a full disk
 * or a damaged file took some of them, what is left tells of failures alone.
 */
export function passesOf(records: Iterable<EvidenceRecord>): readonly Pass[] {
  const passes = new Map<
    string,
    { readonly pass: Pass; readonly hosts: HostResult[]; of: number }
  >()
  for (const { destination, policy, time, from, of = 0, ...host } of records) {
    const key = JSON.stringify([destination, policy, time, from])
    const known = passes.get(key)
    const hosts = known?.hosts ?? []
    hosts.push(host)
    if (!known) passes.set(key, { pass: { destination, policy, time, hosts }, hosts, of })
    else known.of = Math.max(known.of, of)
  }
  return [...passes.values()]
    .filter(({ hosts, of }) => hosts.length >= of || hosts.some(({ state }) => state === 'broken'))
    .map(({ pass }) => pass)
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
}

function readRecord(line: string): EvidenceRecord | undefined {
  try {
    return recordOf(JSON.parse(line))
  } catch {
    return undefined
  }
}

function recordOf(data: unknown): EvidenceRecord | undefined {
  if (!isRecord(data) || data.version !== 1) return undefined
  const [destination, policy, from, mx] = [data.destination, data.policy, data.from, data.mx].map(
    textOf,
  )
  const [state, family] = [choose(states, data.state), choose(families, data.family)]
  const time = timeOf(data.time)
  if (!destination || !policy || !from || !mx || !state || !family || !time) return undefined
  return {
    ...{ destination, policy, time, from, mx, family, state },
    ...(Number.isSafeInteger(data.of) && { of: Number(data.of) }),
    address: textOf(data.address) ?? null,
    outcome: choose(outcomes, data.outcome) ?? null,
    problem: choose(problems, data.problem) ?? null,
    why: textOf(data.why) ?? '',
    tls: choose(tlsStatuses, data.tls) ?? null,
    tlsa: choose(tlsaAnswers, data.tlsa) ?? null,
    certificate: isRecord(data.certificate) ? shownOf(data.certificate) : null,
    words: Array.isArray(data.words)
      ? data.words.map(textOf).filter(word => word !== undefined)
      : [],
  }
}

const families = ['ipv4', 'ipv6'] as const
const outcomes = Object.keys(exposure) as readonly Outcome[]
const problems = [...kinds, ...stsKinds, 'other'] as const

function shownOf({ digest, keyDigest, ends }: Fields): Shown | null {
  const time = timeOf(ends)
  const [first, second] = [digest, keyDigest].map(textOf)
  return first !== undefined && second !== undefined && time !== undefined
    ? { digest: first, keyDigest: second, ends: time }
    : null
}

type Fields = Readonly<Record<string, unknown>>

function isRecord(data: unknown): data is Fields {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= 2000 ? oneLine(value) : undefined
}

function timeOf(value: unknown): string | undefined {
  const isTime =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value)
  const time = isTime ? new Date(value) : undefined
  return time && !Number.isNaN(time.getTime()) ? time.toISOString() : undefined
}

function choose<const T extends string>(choices: readonly T[], value: unknown): T | undefined {
  return choices.find(choice => choice === value)
}
