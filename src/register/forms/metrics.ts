import type { Day } from '../../language/day.ts'
import { addDays } from '../../language/day.ts'
import { harmless } from '../../language/harmless.ts'
import { policies } from '../../language/policy.ts'
import { effects } from '../../language/settings.ts'
import type { Register } from '../register.ts'
import { reviewStatuses } from '../status.ts'

/** A metric of one number: how many overrides, or when, in seconds since 1970. */
interface Gauge {
  readonly name: string
  readonly help: string
  readonly samples: readonly Sample[]
}

interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/**
 * The register for the textfile collector of node_exporter, in Prometheus's text format, which is
 * OpenMetrics as well: gauges without timestamps, which the collector refuses. `lastSuccess` is the
 * time of this run in seconds since 1970.
 */
export function formatMetrics(register: Register, lastSuccess: number): string {
  const { beyondGrace, emergency, inactive, unread } = register.counts
  const gauges: readonly Gauge[] = [
    {
      name: 'tlspolicy_review_time_seconds',
      help: 'When the review date of a destination ends, in UTC: from then on it is overdue.',
      samples: reviewTimes(register),
    },
    ...countsBy(register),
    single('beyond_grace_overrides', 'Overrides overdue beyond grace.', beyondGrace),
    single('emergency_overrides', 'Overrides made in an emergency.', emergency),
    single('inactive_overrides', 'Inactive overrides, which are in no table.', inactive),
    single('unread_files', 'Files that cannot be read, and are in no other number.', unread),
    single('last_success_time_seconds', 'When this report was last made.', lastSuccess),
  ]
  return `${gauges.map(formatGauge).join('')}# EOF\n`
}

/** Each value has a sample, so that an alert on a value that nothing has yet is no mistake. */
function countsBy({ overrides }: Register): readonly Gauge[] {
  const count = (
    name: string,
    help: string,
    values: readonly string[],
    all: readonly string[],
  ) => ({
    name: `tlspolicy_overrides_by_${name}`,
    help: `Active overrides by ${help}.`,
    samples: values.map(value => ({
      labels: { [name]: value },
      value: all.filter(one => one === value).length,
    })),
  })
  return [
    count(
      'status',
      'review status',
      reviewStatuses,
      overrides.map(({ status }) => status),
    ),
    count(
      'policy',
      'policy',
      policies,
      overrides.map(({ override }) => override.policy),
    ),
    count(
      'effect',
      'effect against the servers without them',
      effects,
      overrides.map(({ effect }) => effect),
    ),
  ]
}

function single(name: string, help: string, value: number): Gauge {
  return { name: `tlspolicy_${name}`, help, samples: [{ labels: {}, value }] }
}

/** A label without a value is the same as none; written down, all samples have the same labels. */
function reviewTimes({ overrides }: Register): readonly Sample[] {
  return overrides.flatMap(({ override, effect }) => {
    const { destinations, policy, path, owner = '', reviewDate } = override
    const value = endOf(reviewDate)
    return destinations.map(({ text }) => ({
      labels: { destination: text, policy, effect, file: path, owner },
      value,
    }))
  })
}

/** The review date is the last day on which the decision stands, so that its time is the next midnight. */
function endOf(day: Day): number {
  return Date.parse(addDays(day, 1)) / 1000
}

/** The collector drops a whole file that has two samples with the same labels: the first stays. */
function formatGauge({ name, help, samples }: Gauge): string {
  const values = new Map<string, number>()
  for (const { labels, value } of samples) {
    const series = `${name}${formatLabels(labels)}`
    if (!values.has(series)) values.set(series, value)
  }
  const lines = [...values].map(([series, value]) => `${series} ${value}\n`)
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${lines.join('')}`
}

function formatLabels(labels: Sample['labels']): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

/** What is harmless is on one line, but its escapes begin with a backslash that needs its own. */
function escapeLabel(value: string): string {
  return harmless(value).replace(/[\\"]/g, char => `\\${char}`)
}
