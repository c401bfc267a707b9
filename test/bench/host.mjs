import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { formatTable } from '../../dist/table/text.js'

const values = ['may', 'encrypt', 'dane', 'secure match=mx.example:.example']

/** @param {number} count @param {string} first the value of the first entry */
function tableOf(count, first) {
  const keys = Array.from({ length: count }, (_, index) => `recipient-${index}.example`).sort()
  const override = { path: 'recipients/one.yaml', reviewDate: '2027-01-15' }
  const entries = keys.map((key, index) => ({
    key,
    value: index === 0 ? first : (values[index % values.length] ?? ''),
    override,
  }))
  return formatTable(/** @type {Parameters<typeof formatTable>[0]} */ (entries))
}

/**
 * A Postfix of its own, by MAIL_CONFIG, and two tables that differ in one entry.
 *
 * @param {string} folder
 * @param {number} count of the entries
 */
export function makeHost(folder, count) {
  const [etc, data, queue, bin] = ['etc', 'data', 'queue', 'bin'].map(name => join(folder, name))
  for (const path of [etc, data, queue, bin]) mkdirSync(path ?? '', { recursive: true })
  const table = join(etc ?? '', 'tls_policy')
  const main = join(etc ?? '', 'main.cf')
  writeFileSync(
    main,
    `compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${data}
smtp_tls_policy_maps = lmdb:${table}
smtp_tls_security_level = dane
smtp_dns_support_level = dnssec
smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt
`,
  )
  writeFileSync(join(etc ?? '', 'master.cf'), 'smtp unix - - n - - smtp\n')
  // Postfix's commands wait while main.cf is younger than a second.
  utimesSync(main, 1e9, 1e9)
  // No Postfix runs here, and then postqueue takes a second to find that out.
  const postqueue = join(bin ?? '', 'postqueue')
  writeFileSync(postqueue, '#!/bin/sh\n')
  chmodSync(postqueue, 0o755)
  const tables = ['none', 'may'].map(first => {
    const path = join(folder, `${first}.table`)
    writeFileSync(path, tableOf(count, first))
    return path
  })
  process.env.MAIL_CONFIG = etc
  process.env.PATH = [bin, process.env.PATH].join(delimiter)
  return { tables, table }
}
