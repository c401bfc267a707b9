import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes so many different overrides without a fault, a thousand to a folder.
 * @param {string} folder
 * @param {number} count
 */
export function writeOverrides(folder, count) {
  for (let index = 0; index < count; index += 1) {
    const inside = join(folder, String(Math.floor(index / 1000)).padStart(3, '0'))
    if (index % 1000 === 0) mkdirSync(inside, { recursive: true })
    writeFileSync(join(inside, `recipient-${index}.yaml`), overrideText(index))
  }
}

const policies = ['may', 'encrypt', 'secure', 'dane-only']

/**
 * @param {number} index
 * @param {number} [moved] by how many working days the review is later
 */
export function overrideText(index, moved = 0) {
  return `# yaml-language-server: $schema=../../schema/override.schema.json
destination: recipient-${index}.example
policy: ${policies[index % policies.length]}
parameters:
  protocols: ">=TLSv1.2"
  exclude: [aNULL, RC4]
justification: >-
  Their TLSA record still names the certificate of last year; postmaster ${index} was told on
  2026-11-18 and promised a fix.
review_date: "${workingDay(index + moved)}"
problem: tlsa-mismatch
owner: mail-team@example.org
ticket: https://tickets.example/MAIL-${index}
contacted:
  - { date: "2026-11-18", to: postmaster@recipient-${index}.example }
`
}

/** One of the sixty working days from 2026-11-23 on. @param {number} index */
function workingDay(index) {
  const days = Math.floor((index % 60) / 5) * 7 + (index % 5)
  return new Date(Date.UTC(2026, 10, 23 + days)).toISOString().slice(0, 10)
}
