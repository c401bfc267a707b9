import type { Kind } from '../language/kind.ts'
import type { ParameterName } from '../language/parameters.ts'
import type { Effect } from '../language/settings.ts'
import type { Outcome } from './outcomes.ts'

/** An outcome, or one that has to be told differently: a second attempt, a pinned key. */
export type Told = Outcome | 'plaintext-later' | 'verified-by-pin'

/** Each kind of recipient, for somebody who does not know Postfix. */
export const kindWords = {
  'no-starttls': 'a recipient that offers no STARTTLS and publishes no TLSA records',
  'untrusted-certificate':
    'a recipient with no TLSA records and an untrusted certificate (self-signed, expired or for another name)',
  'trusted-mx-name':
    'a recipient with no TLSA records and a trusted certificate for its mail server only',
  'trusted-domain-name':
    'a recipient with no TLSA records and a trusted certificate for its domain',
  'tlsa-match': 'a recipient whose TLSA records match its otherwise untrusted certificate',
  'tlsa-match-trusted':
    'a recipient whose TLSA records match and whose trusted certificate names its domain',
  'tlsa-mismatch': 'a recipient whose TLSA records do not match',
  'tlsa-lookup-failure':
    'a recipient whose TLSA records cannot be looked up (its DNSSEC is broken)',
  'tlsa-no-starttls': 'a recipient that publishes TLSA records but offers no STARTTLS',
  'handshake-failure': 'a recipient that offers STARTTLS but fails in the TLS handshake',
  'key-replaced': 'a recipient with an untrusted certificate and another key than the pinned one',
  'sts-valid': 'a recipient that publishes an MTA-STS policy and keeps to it',
  'sts-broken': 'a recipient that publishes an MTA-STS policy and does not keep to it',
} as const satisfies Record<Kind, string>

/** Kinds that one phrase says together, the larger sets first. */
export const familyWords: readonly { readonly kinds: readonly Kind[]; readonly words: string }[] = [
  {
    kinds: ['untrusted-certificate', 'trusted-mx-name', 'trusted-domain-name'],
    words: 'a recipient that offers STARTTLS and publishes no TLSA records',
  },
  {
    kinds: ['trusted-mx-name', 'trusted-domain-name'],
    words: 'a recipient with no TLSA records and a trusted certificate',
  },
  { kinds: ['no-starttls', 'tlsa-no-starttls'], words: 'a recipient that offers no STARTTLS' },
  { kinds: ['tlsa-match', 'tlsa-match-trusted'], words: 'a recipient whose TLSA records match' },
  {
    kinds: ['tlsa-mismatch', 'tlsa-lookup-failure'],
    words: 'a recipient whose TLSA records do not match or cannot be looked up',
  },
]

/** What happens to the mail, and who may read it; to follow "mail". The worst comes first. */
export const outcomeWords = {
  plaintext: 'goes out unencrypted, and anybody on the way can read and change it',
  'plaintext-later':
    'goes out unencrypted after about five minutes, and anybody on the way can read and change it',
  encrypted:
    'is encrypted, but to whoever answers, so that somebody who redirects the connection can read it',
  'verified-mx':
    'is encrypted to a server whose certificate matches a name from unauthenticated DNS, so that somebody who forges that name can read it',
  verified: 'is encrypted to a server that has proven its name, and nobody on the way can read it',
  'verified-by-pin':
    'is encrypted if the server holds the pinned key, and waits in the queue if it does not',
  deferred: 'is not delivered, but waits in the queue and returns to the sender after five days',
} as const satisfies Record<Told, string>

/** The same before a change, to follow "mail". */
export const pastWords = {
  plaintext: 'was delivered unencrypted',
  'plaintext-later': 'was delivered unencrypted after about five minutes',
  encrypted: 'was delivered encrypted to whoever answered',
  'verified-mx': 'was delivered encrypted to the server that unauthenticated DNS named',
  verified: 'was delivered encrypted to the proven server',
  'verified-by-pin': 'was delivered encrypted if the server held the pinned key',
  deferred: 'was refused',
} as const satisfies Record<Told, string>

/** The same after a change, to follow the words before it. */
export const futureWords = {
  plaintext: 'will be delivered unencrypted, and anybody on the way can read it',
  'plaintext-later':
    'will be delivered unencrypted after about five minutes, and anybody on the way can read it',
  encrypted: 'will be delivered encrypted to whoever answers',
  'verified-mx': 'will be delivered encrypted to the server that unauthenticated DNS names',
  verified: 'will be delivered encrypted to the proven server',
  'verified-by-pin': 'will be delivered encrypted if the server holds the pinned key',
  deferred: 'will wait in the queue and return to the sender after five days',
} as const satisfies Record<Told, string>

/** An override against the baseline, to follow "it is". */
export const effectWords = {
  weaker: 'weaker than what the servers do without it',
  mixed:
    'partly weaker and partly stronger than what the servers do without it, or not comparable with it',
  other: 'as strong as what the servers do without it, in another way',
  stronger: 'stronger than what the servers do without it',
  same: 'no different from what the servers do without it',
} as const satisfies Record<Effect, string>

/** What each parameter decides. */
export const parameterWords = {
  match: 'the names or keys that prove the server',
  tafile: 'the certificate authorities that are trusted',
  protocols: 'the TLS versions that are allowed',
  ciphers: 'how strong the ciphers have to be',
  exclude: 'the ciphers that are ruled out',
  servername: 'the server name that is asked for',
  connection_reuse: 'whether one connection carries several mails',
  enable_rpk: 'whether a bare key may stand for a certificate',
} as const satisfies Record<ParameterName, string>

/** How a parameter moves, to follow what it decides. */
export const movementWords = {
  weaker: 'protects less than before',
  mixed: 'differs, and is neither clearly weaker nor clearly stronger',
  other: 'differs, and protects as before',
  stronger: 'protects more than before',
  same: 'protects as before',
} as const satisfies Record<Effect, string>
