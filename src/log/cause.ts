/** What smtp(8) or tlsproxy(8) logs before a mail waits: it says why. */
export interface Cause {
  /** The server as the log names it, without its port; null where only the process tells whose it is. */
  readonly peer: string | null
  readonly words: string
  /** Whether the fault is in our own table, settings or services, whatever the recipient does. */
  readonly own: boolean
  /** The next-hop that the policy was looked up for, which is the lookup key; and the server. */
  readonly route?: { readonly nextHop: string; readonly mx: string }
}

const from = String.raw`(\S+\[[^\]\s]*\])(?::\d+)?: `

/** A parameter or a pin that cannot work, found when the session begins (tls_client.c, tls_misc.c, tls_fprint.c). */
const refused =
  /^(?:Invalid TLS protocol list|invalid cipher grade|invalid unary|error setting cipher grade|all fingerprints unusable|could not configure peer name checks)/

/** The same without the name of a server. */
const ours =
  /^(?:smtp_tls_policy_maps, |nexthop domain \S+: configured at fingerprint|malformed fingerprint value|error opening trust anchor file|connect to private\/tlsproxy|Digest algorithm|\S+: dane(?:-only)? configured |TLS library problem: .*(?:no protocols available|no cipher match))/

/** In the order of their use; each tells where the peer, the words and the rest of a message stand. */
const forms: readonly (readonly [RegExp, (parts: readonly string[]) => Cause])[] = [
  [
    new RegExp(`^(?:server |CA )?certificate verification failed for ${from}(.*)$`, 's'),
    ([, peer = '', words = '']) => ({ peer, words, own: false }),
  ],
  [
    new RegExp(`^(SSL_connect error to ${from}.*)$`, 's'),
    ([, words = '', peer = '']) => ({ peer, words, own: false }),
  ],
  [
    /^warning: TLS policy lookup for (\S+)\/(\S+): /,
    ([, nextHop = '', mx = '']) => ({ peer: null, words: '', own: false, route: { nextHop, mx } }),
  ],
  [
    new RegExp(`^warning: ${from}(.*)$`, 's'),
    ([, peer = '', words = '']) => ({ peer, words, own: refused.test(words) }),
  ],
  [
    /^warning: ((?:DANE TLSA lookup problem|TLS library problem): .*|MX name '.*' does not match STS MX pattern.*)$/s,
    ([, words = '']) => ({ peer: null, words, own: ours.test(words) }),
  ],
  [
    /^warning: (.*)$/s,
    ([, words = '']) => ({ peer: null, words: ours.test(words) ? words : '', own: true }),
  ],
]

/** Reads such a message; undefined where it is of another sort. */
export function readCause(message: string): Cause | undefined {
  const start = message.slice(0, longestMessage)
  for (const [pattern, make] of forms) {
    const parts = pattern.exec(start)
    if (!parts) continue
    const cause = make(parts)
    const words = cause.words.slice(0, longest)
    return words !== '' || cause.route ? { ...cause, words } : undefined
  }
  return undefined
}

/** So much is kept of one. */
const longest = 300

/** Names end before; what a stranger makes longer would keep the patterns busy for seconds. */
const longestMessage = 2_000

/** Words without which a line tells no cause. */
export const causeWords = ['verification failed for ', 'SSL_connect error', 'warning: ']

/** More peers and processes a hostile log names. */
const most = 5_000

/** Keeps the latest causes by server and by process: a mail follows soon upon what is logged of it. */
export function createCauses() {
  const byPeer = new Map<string, Cause>()
  const byProcess = new Map<string, readonly Cause[]>()
  let latest: Cause | undefined
  const add = (pid: string, cause: Cause): void => {
    // A log without processes mixes in what the library says of connections from strangers.
    const isStray = pid === '' && isOfLibrary(cause) && (latest?.peer ?? null) === null
    latest = cause
    if (isStray) return
    if (cause.peer !== null) remember(byPeer, cause.peer, cause)
    if (cause.peer === null || cause.own || pid !== '')
      remember(byProcess, pid, [...(byProcess.get(pid) ?? []).slice(-3), cause])
  }
  /**
   * What is known of an attempt: what the process said since its last mail, and of the server. Where
   * one server after another fails, the mail names the last; others count by their common domain.
   */
  const take = (pid: string, peer: string | null, names: readonly string[]): readonly Cause[] => {
    const sites = names.map(siteOf)
    const own = (byProcess.get(pid) ?? []).filter(
      cause => cause.own || cause.peer === null || sites.includes(siteOf(hostIn(cause.peer))),
    )
    byProcess.delete(pid)
    latest = undefined
    const about = peer === null ? undefined : byPeer.get(peer.replace(/:\d+$/, ''))
    return about && !own.includes(about) ? [about, ...own] : own
  }
  return { add, take }
}

/** Such words follow upon what else is said of the same connection. */
function isOfLibrary({ words }: Cause): boolean {
  return words.startsWith('TLS library problem')
}

/** The name of a peer, `host[address]`. */
export function hostIn(peer: string): string {
  return peer.replace(/\[.*$/, '').toLowerCase()
}

function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.')
}

/** The oldest goes. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key)
  map.set(key, value)
  const [oldest] = map.keys()
  if (map.size > most && oldest !== undefined) map.delete(oldest)
}
