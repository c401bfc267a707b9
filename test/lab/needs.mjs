// @ts-check
import { POSTFIX_NEEDS } from '../postfix/needs.mjs'

/** What the lab needs from the machine. */
export const LAB_NEEDS = [
  ...POSTFIX_NEEDS,
  { name: 'IPv6', shell: 'test -e /proc/net/if_inet6', packages: [] },
  { name: 'unbound', shell: 'command -v unbound', packages: ['unbound'] },
  { name: 'nsd', shell: 'command -v nsd', packages: ['nsd'] },
  { name: 'ldns-signzone', shell: 'command -v ldns-signzone', packages: ['ldnsutils'] },
]
