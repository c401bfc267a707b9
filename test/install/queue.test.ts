import { expect, test } from 'vitest'
import { findReleased } from '../../src/install/queue.ts'

const message = (id: string, address: string, reason = '', queue = 'deferred') =>
  JSON.stringify({
    queue_name: queue,
    queue_id: id,
    recipients: [{ address, delay_reason: reason }],
  })

const listing = [
  message('A1', 'ann@Broken.example'),
  message('A2', 'ann@sub.broken.example'),
  message('A3', 'ann@other.example'),
  message('A4', 'ann@other.example', 'connect to mx.relay.example[192.0.2.1]:25: refused'),
  message(
    'A7',
    'ann@third.example',
    'delivery temporarily suspended: Server certificate not verified',
  ),
  message('A5', 'ann@broken.example', '', 'active'),
  message('A6; reboot', 'ann@broken.example'),
  'warning: no JSON',
  '',
].join('\n')

test.each([
  [['broken.example'], ['A1']],
  [['.broken.example'], ['A2']],
  [['broken.example:587'], ['A1', 'A7']],
  [['[mx.relay.example]:587'], ['A4', 'A7']],
  [['[192.0.2.1]'], ['A4', 'A7']],
  [['roken.example', 'example', '.mple'], []],
  [[], []],
])('of what waits, the entries %j concern %j', (changed, ids) => {
  expect(findReleased(listing, changed)).toEqual(ids)
})
