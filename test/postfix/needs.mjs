// @ts-check
import { execFileSync } from 'node:child_process'

/**
 * What a test needs from the machine.
 * @typedef {object} Need
 * @property {string} name
 * @property {string} shell fails where it is missing
 * @property {readonly string[]} packages what Debian calls it
 */

/** @type {readonly Need[]} */
export const POSTFIX_NEEDS = [
  { name: 'root', shell: 'test "$(id -u)" = 0', packages: [] },
  { name: 'openssl', shell: 'command -v openssl', packages: ['openssl'] },
  { name: 'ip', shell: 'command -v ip', packages: ['iproute2'] },
  {
    name: 'Postfix',
    shell: 'command -v postmap && command -v sendmail',
    packages: ['postfix', 'postfix-lmdb'],
  },
  { name: 'Postfix with lmdb', shell: 'postconf -m | grep -qx lmdb', packages: ['postfix-lmdb'] },
  {
    name: 'the right to make namespaces',
    shell: 'unshare --mount --net --pid --fork --mount-proc true',
    packages: ['util-linux'],
  },
]

/**
 * One line that says what is missing here and what to install; undefined when nothing is.
 * @param {readonly Need[]} needs
 */
export function adviceFor(needs) {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` }
  const lacking = needs.filter(({ shell }) => {
    try {
      execFileSync('sh', ['-c', shell], { env, stdio: 'ignore' })
      return false
    } catch {
      return true
    }
  })
  if (lacking.length === 0) return undefined
  const names = lacking.map(({ name }) => name).join(', ')
  const packages = [...new Set(needs.flatMap(need => need.packages))].join(' ')
  return `cannot run here, it lacks ${names}; as root on Debian: apt-get install ${packages}`
}
