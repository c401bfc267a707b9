import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { describeWithPostfix } from './available.ts'
import type { MailHost } from './host.ts'
import { commitPolicies, makeMailHost, override } from './host.ts'

const certificate = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

/** A host on which a chrooted smtp reads trust anchors from /ca/partner.pem. */
function prepare(master = 'smtp unix - - y - - smtp\n', level = '3.6') {
  const host = makeMailHost()
  for (const folder of [host.folder, join(host.folder, 'tables')]) chmodSync(folder, 0o755)
  host.configure({ compatibility_level: level }, master)
  const more = 'parameters: { tafile: /ca/partner.pem }\n'
  commitPolicies(host, { 'a.yaml': override('a.example', 'secure', more) })
  return { host, file: join(host.folder, 'queue/ca/partner.pem') }
}

function write(path: string, text = certificate): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

async function faultOf(host: MailHost): Promise<string> {
  const { status, stdout } = await host.tlspolicy('deploy', '--dry-run')
  const message = /^error: (.*(?:\n {7}.*)*)/m.exec(stdout)?.[1]?.replace(/\n +/g, ' ') ?? ''
  expect(status).toBe(message === '' ? 0 : 1)
  return message.replaceAll(host.folder, '')
}

describeWithPostfix('trust anchors of a chrooted smtp', () => {
  test('are looked for where it sees them, and read as it would', async () => {
    const { host, file } = prepare()
    expect(await faultOf(host)).toContain('/queue/ca/partner.pem is not there')
    write(file, '')
    expect(await faultOf(host)).toContain('holds no certificate in PEM form')
    write(file)
    expect(await faultOf(host)).toBe('')
    chmodSync(file, 0o600)
    expect(await faultOf(host)).toContain('is not readable, and Postfix reads it as postfix')
    chmodSync(file, 0o644)
    chmodSync(dirname(file), 0o700)
    expect(await faultOf(host)).toContain('lies in /queue/ca, which is closed')
  })

  test('behind a link are looked for within the chroot', async () => {
    const { host, file } = prepare()
    const outside = join(host.folder, 'outside.pem')
    write(outside)
    mkdirSync(dirname(file), { recursive: true })
    symlinkSync(outside, file)
    expect(await faultOf(host)).toMatch(/leads to \/queue\S*, which is not there/)
    write(join(host.folder, 'queue', outside))
    expect(await faultOf(host)).toBe('')
  })

  test('need no folder above the chroot to be open', async () => {
    const { host, file } = prepare()
    write(file)
    chmodSync(host.folder, 0o700)
    expect(await faultOf(host)).toBe('')
  })

  test('are looked for in each place where some smtp runs', async () => {
    const { host, file } = prepare('smtp unix - - n - - smtp\nrelay unix - - y - - smtp\n')
    write(file)
    expect(await faultOf(host)).toContain('/ca/partner.pem is not there')
  })

  test('are looked for in the chroot that an old main.cf means by a hyphen', async () => {
    const { host, file } = prepare('smtp unix - - - - - smtp\n', '0')
    expect(await faultOf(host)).toContain('/queue/ca/partner.pem is not there')
    write(file)
    expect(await faultOf(host)).toBe('')
  })
})
