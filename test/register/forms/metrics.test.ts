import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { policies } from '../../../src/language/policy.ts'
import { visible } from '../../../src/language/quote.ts'
import { effects } from '../../../src/language/settings.ts'
import { formatMetrics } from '../../../src/register/forms/metrics.ts'
import { reviewStatuses } from '../../../src/register/status.ts'
import type { Files } from '../../review/sides.ts'
import type { Family } from './prometheus.ts'
import { describeWithPrometheus, readMetrics } from './prometheus.ts'
import { hostileTexts, registerOf } from './registered.ts'

const now = 1_795_305_600
const metricsOf = (files: Files) => formatMetrics(registerOf(files), now)
const linesOf = (files: Files, name: string) =>
  metricsOf(files)
    .split('\n')
    .filter(line => line.startsWith(name))
const valuesOf = (families: readonly Family[], name: string) =>
  Object.fromEntries(
    families
      .filter(family => family.name === name)
      .flatMap(({ samples }) =>
        samples.map(([, labels, value]) => [Object.values(labels).join(), value]),
      ),
  )

const files: Files = {
  'a.yaml': 'destination: [a.example, "[relay.example]:587"]\npolicy: may\nowner: "@ops"\n',
  'b.yaml': 'destination: b.example\npolicy: secure\nreview_date: 2026-11-01\n',
  'c.yaml': 'destination: c.example\npolicy: may\nreview_date: 2027-02-01\nemergency: true\n',
  'd.yaml': 'destination: d.example\npolicy: may\nactive: false\n',
}

test('a review date ends with its day, in UTC', () => {
  expect(linesOf(files, 'tlspolicy_review_time_seconds{')).toEqual([
    expect.stringContaining('{destination="c.example",'),
    `tlspolicy_review_time_seconds{destination="b.example",policy="secure",effect="stronger",file="b.yaml",owner=""} ${Date.UTC(2026, 10, 2) / 1000}`,
    `tlspolicy_review_time_seconds{destination="a.example",policy="may",effect="weaker",file="a.yaml",owner="@ops"} ${Date.UTC(2026, 11, 16) / 1000}`,
    expect.stringContaining('{destination="[relay.example]:587",'),
  ])
})

test('the last line says that nothing is missing, and no line has a timestamp', () => {
  expect(metricsOf({})).toMatch(/\n# EOF\n$/)
  for (const line of metricsOf(files).split('\n').slice(0, -2))
    expect(line).toMatch(/^(?:# (?:HELP|TYPE) tlspolicy_\w+ .+|tlspolicy_\w+(?:\{.*\})? -?\d+)$/)
})

test('a destination that is written twice has one sample', () => {
  const twice = { 'a.yaml': 'destination: [a.example, a.example]\npolicy: may\n' }
  expect(linesOf(twice, 'tlspolicy_review_time_seconds{')).toHaveLength(1)
})

describeWithPrometheus('metrics', () => {
  test('both parsers find gauges alone, each with its help, and the same in them', () => {
    const families = readMetrics(metricsOf(files), 'prometheus_client.parser')
    expect(readMetrics(metricsOf(files), 'prometheus_client.openmetrics.parser')).toEqual(families)
    expect(families.map(({ type }) => type)).toEqual(families.map(() => 'gauge'))
    expect(families.every(({ help }) => help.endsWith('.'))).toBe(true)
    expect(families.map(({ name, samples }) => [name, samples.length])).toEqual([
      ['tlspolicy_review_time_seconds', 4],
      ['tlspolicy_overrides_by_status', reviewStatuses.length],
      ['tlspolicy_overrides_by_policy', policies.length],
      ['tlspolicy_overrides_by_effect', effects.length],
      ['tlspolicy_beyond_grace_overrides', 1],
      ['tlspolicy_emergency_overrides', 1],
      ['tlspolicy_inactive_overrides', 1],
      ['tlspolicy_unread_files', 1],
      ['tlspolicy_last_success_time_seconds', 1],
    ])
  })

  test('every value is counted, also where there is none', () => {
    const families = readMetrics(metricsOf(files), 'prometheus_client.parser')
    const none = Object.fromEntries(policies.map(policy => [policy, 0]))
    expect(valuesOf(families, 'tlspolicy_overrides_by_status')).toEqual({
      overdue: 1,
      due: 1,
      current: 1,
    })
    expect(valuesOf(families, 'tlspolicy_overrides_by_policy')).toEqual({
      ...none,
      may: 2,
      secure: 1,
    })
    expect(valuesOf(families, 'tlspolicy_overrides_by_effect')).toMatchObject({
      weaker: 2,
      stronger: 1,
      same: 0,
    })
    const single = ['beyond_grace_overrides', 'emergency_overrides', 'inactive_overrides']
    for (const name of single) expect(valuesOf(families, `tlspolicy_${name}`)).toEqual({ '': 1 })
    expect(valuesOf(families, 'tlspolicy_unread_files')).toEqual({ '': 0 })
    expect(valuesOf(families, 'tlspolicy_last_success_time_seconds')).toEqual({ '': now })
  })

  test('hostile names are read back as one label', () => {
    const names = [...hostileTexts, 'line\nbreak', '\u001b[31mred', '\\', '\\"', 'end\\'].map(
      (text, index) => `${text}${index}.yaml`,
    )
    const hostile = names.map((name, index) => [
      name,
      stringify({ destination: `r${index}.example`, policy: 'may' }),
    ])
    const [times] = readMetrics(
      metricsOf(Object.fromEntries(hostile)),
      'prometheus_client.openmetrics.parser',
    )
    const read = times?.samples.map(([, labels]) => labels.file) ?? []
    expect(read.toSorted()).toEqual(names.map(visible).toSorted())
  })
})
