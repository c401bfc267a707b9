/** What a mail log says in one line, whatever program wrote the log. */
export interface LogLine {
  /** As it is written; empty where the log has no times. */
  readonly time: string
  /** What Postfix said, after the name of its program. */
  readonly message: string
}

/** A line of smtp(8) or its tlsproxy(8), behind any prefix: syslog's, RFC 5424's, or a container's. */
const named =
  /^(.*?)\b(?:postfix[\w.-]*\/)(?:[\w-]+\/)?(?:smtp|lmtp|tlsproxy|qmgr|error|relay)(?:\[\d+\]: | \d+ (?:\S+) (?:-|\[.*?\]) (?:\ufeff)?)(.*)$/s

/** What stands alone with `journalctl -o cat`. */
const bare =
  /^(?:(?:[\dA-F]{5,15}|[\dB-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,20}): to=<|(?:server )?certificate verification failed for |SSL_connect error to |warning: )/

const times =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?|\b[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\b/

/** Words without which a line tells nothing of a delivery; nearly all lines end here. */
export const telling = [
  ' status=deferred (',
  ' status=bounced (',
  'verification failed for ',
  'SSL_connect',
]

/** Reads one line of a log; undefined where it tells nothing of a mail that was not delivered. */
export function readLine(line: string): LogLine | undefined {
  if (!telling.some(word => line.includes(word))) return undefined
  if (line.startsWith('{')) return readJson(line)
  const [, prefix = '', message] = named.exec(line) ?? []
  if (message !== undefined) return { time: times.exec(prefix)?.[0] ?? '', message }
  return bare.test(line) ? { time: '', message: line } : undefined
}

/** `journalctl -o json`: the time is in microseconds. */
function readJson(line: string): LogLine | undefined {
  try {
    const { MESSAGE: message, __REALTIME_TIMESTAMP: stamp } = JSON.parse(line) as Readonly<
      Record<string, unknown>
    >
    if (typeof message !== 'string') return undefined
    const moment = new Date(Number(stamp) / 1000)
    return { time: Number.isNaN(moment.getTime()) ? '' : moment.toISOString(), message }
  } catch {
    return undefined
  }
}
