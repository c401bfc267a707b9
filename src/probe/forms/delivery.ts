import type { Outcome } from '../../outcomes/outcomes.ts'
import type { Summary } from '../pass.ts'

/** What a mail gets, to follow "mail". */
const deliveries = {
  plaintext: 'goes out unencrypted',
  encrypted: 'is encrypted to whoever answers',
  'verified-mx': 'is encrypted to the server that DNS names',
  verified: 'is encrypted to the proven server',
  deferred: 'waits in the queue',
} as const satisfies Record<Outcome, string>

/** Why, and what happens to mail, in one sentence. */
export function deliverySentence({ why, outcome, problem, state }: Summary): string {
  if (outcome === null) return why
  // Where TLS is not mandatory, a failed handshake leads to plaintext only at the second attempt.
  const isLate = state === 'broken' && problem === 'handshake-failure' && outcome === 'plaintext'
  return `${why}; mail ${deliveries[outcome]}${isLate ? ' after about five minutes' : ''}`
}
