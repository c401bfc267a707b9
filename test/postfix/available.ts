import { execFileSync } from 'node:child_process'
import { describe, test } from 'vitest'

/** Everything the judge needs, as one line of shell that fails where something is missing. */
const NEEDS = [
  ['root', 'test "$(id -u)" = 0'],
  ['openssl', 'command -v openssl'],
  ['ip (iproute2)', 'command -v ip'],
  ['Postfix', 'command -v postmap && command -v sendmail'],
  ['Postfix with lmdb', 'postconf -m | grep -qx lmdb'],
  ['the right to make namespaces', 'unshare --mount --net --pid --fork --mount-proc true'],
] as const

const INSTALL = 'apt-get install postfix postfix-lmdb iproute2 openssl'

/** The first thing that keeps the judge from running here; undefined when it can. */
function missing(): string | undefined {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` }
  return NEEDS.find(([, shell]) => {
    try {
      execFileSync('sh', ['-c', shell], { env, stdio: 'ignore' })
      return false
    } catch {
      return true
    }
  })?.[0]
}

/**
 * `describe` for tests that need a real Postfix. Without one they are skipped, with a line that says what to
 * install; in CI (`CI` is set) that is a failure, or nobody would notice that nothing was tried.
 */
export function describeWithPostfix(name: string, tests: () => void): void {
  const lacking = missing()
  const advice = `cannot run here, it lacks ${lacking}; as root on Debian: ${INSTALL}`
  if (lacking !== undefined && process.env.CI) {
    describe(name, () => {
      test('a real Postfix is here to judge', () => {
        throw new Error(advice)
      })
    })
    return
  }
  if (lacking !== undefined) {
    console.warn(`skipped: ${name} ${advice}`)
  }
  describe.skipIf(lacking !== undefined)(name, tests)
}
