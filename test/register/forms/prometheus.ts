import { execFileSync } from 'node:child_process'
import { describe, test } from 'vitest'

export interface Family {
  readonly name: string
  readonly type: string
  readonly help: string
  readonly samples: readonly (readonly [
    name: string,
    labels: Readonly<Record<string, string>>,
    value: number,
  ])[]
}

export type Dialect = 'prometheus_client.parser' | 'prometheus_client.openmetrics.parser'

/** Debian's, which sees Debian's packages. */
const python = '/usr/bin/python3'

const parse = `
import importlib, json, sys
parser = importlib.import_module(sys.argv[1])
text = sys.stdin.buffer.read().decode('utf-8')
families = parser.text_string_to_metric_families(text)
json.dump([{'name': f.name, 'type': f.type, 'help': f.documentation,
            'samples': [[s.name, s.labels, s.value] for s in f.samples]} for f in families], sys.stdout)
`

/** What Prometheus's own client makes of a text; throws where it refuses it. */
export function readMetrics(text: string, dialect: Dialect): readonly Family[] {
  const options = { input: text, encoding: 'utf8', stdio: 'pipe' } as const
  return JSON.parse(execFileSync(python, ['-c', parse, dialect], options))
}

function isMissing(): boolean {
  try {
    execFileSync(python, ['-c', 'import prometheus_client'], { stdio: 'ignore' })
    return false
  } catch {
    return true
  }
}

/** `describe` for tests that need the parser. Without it they are skipped, and in CI they fail. */
export function describeWithPrometheus(name: string, tests: () => void): void {
  const lacking = isMissing()
  const advice = 'cannot be read back; as root on Debian: apt-get install python3-prometheus-client'
  if (lacking && process.env.CI) {
    describe(name, () => {
      test('a parser of Prometheus is here', () => {
        throw new Error(`${name} ${advice}`)
      })
    })
    return
  }
  if (lacking) console.warn(`skipped: ${name} ${advice}`)
  describe.skipIf(lacking)(name, tests)
}
