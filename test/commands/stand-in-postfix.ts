import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Saying } from '../probe/sayings.ts'
import { sayings } from '../probe/sayings.ts'

/** Commands that stand in for Postfix's: what each server is made to say, and what was asked. */
export interface StandIn {
  /** A folder for PATH. */
  readonly path: string
  /** What the servers say from now on, by `[host]` as posttls-finger is given it. */
  readonly says: (answers: Readonly<Record<string, Saying>>) => void
  /** The arguments of each run of posttls-finger, one line each. */
  readonly asked: () => readonly string[]
}

const nameOf = (target: string) => target.replace(/[^a-z0-9.]/g, '_')

const finger = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/asked"
for word; do
  [ "$last" = -- ] && break
  last=$word
done
cat "$here/said/$(printf %s "$word" | tr -c 'a-z0-9.' _)"
`

const settings = {
  inet_protocols: 'ipv4',
  myhostname: 'mail.example.org',
  smtp_host_lookup: 'dns',
  smtp_tls_CAfile: '/etc/ssl/ca.pem',
  smtp_tls_dane_insecure_mx_policy: 'dane',
  smtp_tls_fingerprint_digest: 'sha256',
  smtp_tls_mandatory_protocols: '>=TLSv1',
}

/** Stand-ins in a folder of their own, gone when the test is. */
export function standInPostfix(): StandIn {
  const path = mkdtempSync(join(tmpdir(), 'tlspolicy-postfix-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  mkdirSync(join(path, 'said'))
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`)
  const programs = {
    postconf: `#!/bin/sh\ncat <<'END'\n${lines.join('')}END\n`,
    'posttls-finger': finger,
  }
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(path, name), text)
    chmodSync(join(path, name), 0o755)
  }
  writeFileSync(join(path, 'asked'), '')
  return {
    path,
    says: answers => {
      for (const [target, saying] of Object.entries({ '[com]': 'no-address' as const, ...answers }))
        writeFileSync(join(path, 'said', nameOf(target)), sayings[saying])
    },
    asked: () => readFileSync(join(path, 'asked'), 'utf8').split('\n').slice(0, -1),
  }
}
