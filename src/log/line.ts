/** What a mail log says in one line, whatever program wrote the log. */
export interface LogLine {
  /** As it is written; empty where the log has no times. */
  readonly time: string
  /** The process that said it; empty where the log does not tell. */
  readonly pid: string
  /** What Postfix said, after the name of its program. */
  readonly message: string
}

/**
 * The programs of Postfix that tell of a delivery, or of TLS; any syslog_name may stand before them. For
 * lmtp(8) other settings name another table.
 */
const program = String.raw`(?:[\w.-]+\/)+(?:smtp|tlsproxy|qmgr|error|relay)`

const tag = new RegExp(String.raw`^${program}\[(\d+)$`)

/**
 * RFC 5424: priority, version, time, host, program, process, message id, structured data, message. Where
 * rsyslog makes it of an older form, a second blank comes before the message; some files lack the first two.
 */
const rfc5424 = new RegExp(
  String.raw`^(?:<\d{1,3}>)?(?:1 )?(\d{4}-\S+) \S+ ${program} (\S+) \S+ (?:-|(?:\[(?:[^\]\\]|\\.)*\])+) ?(?:\ufeff)? ?(.*)$`,
  's',
)

/** What stands alone with `journalctl -o cat`. */
const bare =
  /^(?:(?:[\dA-F]{5,15}|[\dB-DF-HJ-NP-TV-Zb-df-hj-np-tv-z]{10,20}): to=<|(?:server |CA )?certificate verification failed for |SSL_connect error to |warning: )/

const times =
  /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z|[+-]\d\d:?\d\d)?|(?:\b|(?<=\dm))[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d\b/

/** Reads the lines of one log, in their order: journald's export format spreads an entry over several. */
export function createReader(): (line: string) => LogLine | undefined {
  let stamp = ''
  return line => {
    if (line.startsWith(exported.time)) {
      stamp = momentOf(line.slice(exported.time.length))
      return undefined
    }
    if (line.startsWith(exported.message)) {
      const message = line.slice(exported.message.length)
      return bare.test(message) ? { time: stamp, pid: '', message } : undefined
    }
    return readLine(line)
  }
}

const exported = { time: '__REALTIME_TIMESTAMP=', message: 'MESSAGE=' } as const

/** Words to look for besides others, where a log begins so. */
export function wordsOf(head: string): readonly string[] {
  return /^__[A-Z_]+=/.test(head) ? [exported.time] : []
}

/** Reads one line of a log; undefined where it is none of Postfix's clients. */
export function readLine(text: string): LogLine | undefined {
  const line = text.endsWith('\r') ? text.slice(0, -1) : text
  if (line.startsWith('{')) return readJson(line)
  if (/^[<\d]/.test(line)) {
    const [, time, pid = '', message] = rfc5424.exec(line) ?? []
    if (message !== undefined) return { time: times.exec(time ?? '')?.[0] ?? '', pid, message }
  }
  return readPlain(line) ?? (bare.test(line) ? { time: '', pid: '', message: line } : undefined)
}

/** The text before the name of a program is shorter. */
const longestPrefix = 200

/**
 * `prefix program[pid]: message`, of syslog, a container, or several of them. What another program was
 * told by a stranger stands behind that program's own colon, and is not believed.
 */
function readPlain(line: string): LogLine | undefined {
  const end = line.indexOf(']: ')
  if (end < 0 || end > longestPrefix) return undefined
  const start = line.lastIndexOf(' ', end) + 1
  const [, pid] = tag.exec(line.slice(start, end)) ?? []
  const prefix = line.slice(0, start)
  if (pid === undefined || prefix.includes(': ') || prefix.includes('"')) return undefined
  const message = line.slice(end + 3).replace(/^\[ID \d+ [\w.]+\] /, '')
  return { time: times.exec(prefix)?.[0] ?? '', pid, message }
}

type Fields = Readonly<Record<string, unknown>>

/** `journalctl -o json`, where times are in microseconds, Docker's files, and common forwarders. */
function readJson(line: string): LogLine | undefined {
  const fields = parseFields(line)
  const text = textIn(fields, ['MESSAGE', 'message', 'msg', 'log'])
  if (text === undefined) return undefined
  const said = text.trim()
  const tag = textIn(fields, ['SYSLOG_IDENTIFIER', 'ident', 'program', 'programname', 'appname'])
  const own = new RegExp(`^${program}$`).test(tag ?? '')
  const inner = bare.test(said) ? { time: '', pid: '', message: said } : readLine(noObject(said))
  if (!inner || (tag !== undefined && !own)) return undefined
  const stamp = textIn(fields, ['__REALTIME_TIMESTAMP'])
  const time = stamp === undefined ? textIn(fields, otherTimes) : momentOf(stamp)
  const pid = textIn(fields, ['SYSLOG_PID', '_PID', 'pid', 'procid'])
  return {
    time: (time === undefined ? undefined : times.exec(time)?.[0]) ?? inner.time,
    pid: inner.pid === '' ? (pid ?? '') : inner.pid,
    message: inner.message,
  }
}

const otherTimes = ['@timestamp', 'timestamp', 'time'] as const

/** JSON within JSON would go on without end. */
function noObject(text: string): string {
  return text.startsWith('{') ? '' : text
}

function parseFields(line: string): Fields {
  try {
    return JSON.parse(line) as Fields
  } catch {
    return {}
  }
}

function textIn(fields: Fields, names: readonly string[]): string | undefined {
  const value = names.map(name => fields[name]).find(found => found !== undefined)
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? value : undefined
}

function momentOf(microseconds: string): string {
  const moment = new Date(Number(microseconds) / 1000)
  return Number.isNaN(moment.getTime()) ? '' : moment.toISOString()
}
