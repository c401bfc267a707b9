import { expect, test } from 'vitest'
import { readServices } from '../../src/install/master.ts'

test('services are read with their options, in one line or several', () => {
  const text = `smtp       inet  n       -       y       -       -       smtpd
smtp       unix  -       -       y       -       -       smtp
relay      unix  -       -       -       -       -       smtp -o syslog_name=x
    -o smtp_tls_security_level=may -o { smtp_tls_policy_maps = lmdb:/a, cdb:/b }
`
  const services = readServices(text, '3.6').map(({ options, ...service }) => ({
    ...service,
    options: Object.fromEntries(options),
  }))
  expect(services).toEqual([
    { name: 'smtp', type: 'inet', isChrooted: true, command: 'smtpd', options: {} },
    { name: 'smtp', type: 'unix', isChrooted: true, command: 'smtp', options: {} },
    {
      name: 'relay',
      type: 'unix',
      isChrooted: false,
      command: 'smtp',
      options: {
        syslog_name: 'x',
        smtp_tls_security_level: 'may',
        smtp_tls_policy_maps: 'lmdb:/a, cdb:/b',
      },
    },
  ])
})

test('below compatibility level 1, a hyphen stands for a chroot', () => {
  const line = 'smtp unix - - - - - smtp\n'
  const found = ['', '0', '1', '2', '3.6'].map(level => readServices(line, level)[0]?.isChrooted)
  expect(found).toEqual([false, true, false, false, false])
})
