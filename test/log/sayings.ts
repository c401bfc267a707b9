import { collectPolicies } from '../../src/language/policies.ts'
import { readFile } from '../../src/language/read-file.ts'
import { createGatherer } from '../../src/log/gather.ts'

/** What smtp(8) says of one recipient, as it stands in a log. */
interface Said {
  readonly id?: string
  readonly to?: string
  readonly relay?: string
  readonly delay?: string
  readonly tls?: string
  readonly status?: string
  readonly reason?: string
}

export const unproven = 'Server certificate not verified'

export const mismatch = 'num=65:no matching DANE TLSA records'

export function said({
  id = '4F1A2B3C4D',
  to = 'a@partner.example',
  relay = `mx.${to.slice(to.lastIndexOf('@') + 1)}[192.0.2.1]:25`,
  delay = '0.1',
  tls,
  status = 'deferred',
  reason = unproven,
}: Said = {}): string {
  const acting = tls === undefined ? '' : ` tls=${tls},`
  return `${id}: to=<${to}>, relay=${relay}, delay=${delay}, delays=0.1/0/0/0,${acting} dsn=4.7.5, status=${status} (${reason})`
}

/** A log line of a process, at a minute. */
export function logged(message: string, { minute = 10, pid = 7, day = 22 } = {}): string {
  const two = (number: number) => String(number).padStart(2, '0')
  return `Nov ${two(day)} 03:${two(minute)}:01 mx postfix/smtp[${pid}]: ${message}`
}

/** What is gathered from whole lines. */
export function gatherLines(...lines: readonly string[]) {
  const { take, tell } = createGatherer()
  for (const line of lines) take(line)
  return tell().troubles
}

/** The policies of files by their paths. */
export function policiesOf(files: Readonly<Record<string, string>>) {
  const sources = Object.entries(files).map(([path, text]) => ({
    path,
    bytes: new TextEncoder().encode(text),
  }))
  return collectPolicies(sources, readFile)
}

export const asDane = policiesOf({})
