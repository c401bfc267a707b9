import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { formatMetrics } from '../../../src/register/forms/metrics.ts'
import { registerOf } from './registered.ts'

interface Rules {
  readonly groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[]
}

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
}

const readme = readFileSync(join(import.meta.dirname, '../../../README.md'), 'utf8')
const written = /```yaml\n((?:#.*\n)*groups:\n[\s\S]*?)```/.exec(readme)?.[1] ?? 'groups: []'
const { groups }: Rules = parse(written)
const rules = groups.flatMap(group => group.rules)
const metrics = formatMetrics(registerOf({ 'a.yaml': 'destination: a.example\npolicy: may\n' }), 1)

test('the README has alerts for what is overdue, for what is due, for what cannot be read, and for no report at all', () => {
  expect(rules.map(({ alert }) => alert)).toEqual([
    'TlsPolicyReviewOverdue',
    'TlsPolicyReviewDue',
    'TlsPolicyUnread',
    'TlsPolicyReportMissing',
  ])
})

test('the alerts in the README ask for metrics and labels that exist', () => {
  const names = new Set(metrics.match(/^tlspolicy_\w+/gm))
  const [, labels = ''] = /^tlspolicy_review_time_seconds\{(.*)\}/m.exec(metrics) ?? []
  for (const { expr, annotations } of rules) {
    const asked = expr.match(/tlspolicy_\w+/g) ?? []
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.filter(name => !names.has(name))).toEqual([])
    for (const [, label] of Object.values(annotations)
      .join()
      .matchAll(/\$labels\.(\w+)/g))
      expect(labels).toContain(`${label}="`)
  }
})
