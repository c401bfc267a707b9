import { describe, expect, test } from 'vitest'
import { repairValue } from '../../../src/install/import/repair.ts'
import { readValue } from '../../../src/table/read-value.ts'
import { formatValue } from '../../../src/table/value.ts'

const repaired = {
  'may protocols=!SSLv2,!SSLv3': 'may protocols=!SSLv2:!SSLv3',
  'encrypt protocols=TLSv1.2, TLSv1.3 ciphers=high':
    'encrypt protocols=TLSv1.2:TLSv1.3 ciphers=high',
  'encrypt protocols= >=TLSv1.2': 'encrypt protocols=>=TLSv1.2',
  'encrypt ciphers = high': 'encrypt ciphers=high',
  'encrypt ciphers= high exclude =aNULL, MD5': 'encrypt ciphers=high exclude=aNULL:MD5',
  'secure match=.a.example, b.example dot-nexthop': 'secure match=.a.example:b.example:dot-nexthop',
  'fingerprint match=aa:bb, cc:dd': 'fingerprint match=aa:bb|cc:dd',
  'ENCRYPT Protocols=TLSv1.2,TLSv1.3 # since May': 'ENCRYPT Protocols=TLSv1.2:TLSv1.3',
  'may # ciphers=high': 'may',
} as const

describe('what was plainly meant', () => {
  test.each(Object.entries(repaired))('%s', (value, meant) => {
    const { value: found, notes } = repairValue(value)
    expect(found).toBe(meant)
    expect(notes).not.toEqual([])
    expect(readValue(found)).toHaveProperty('policy')
  })
})

const kept = [
  'must',
  'encrypt protocols=TLSv1.2, ultra',
  'encrypt ciphers=high, medium',
  'secure match=a.example, old',
  'fingerprint match=aa:bb, cc:d',
  'fingerprint match=aa:bb, cc:dd|zz',
  'encrypt protocols= ciphers=high junk',
  'encrypt protocol = TLSv1.2',
] as const

describe('what could mean something else stays a fault', () => {
  test.each(kept)('%s', value => {
    expect(readValue(repairValue(value).value)).toHaveProperty('fault')
  })
})

test('the elements of one list are named together', () => {
  expect(repairValue('may exclude=DES,MD5,RC4').notes).toEqual([
    '"MD5", "RC4" belong to "exclude": Postfix separates with ":"',
  ])
})

test('a comment behind a value is kept', () => {
  expect(repairValue('may # their certificate expired')).toMatchObject({
    value: 'may',
    comment: 'their certificate expired',
  })
})

test('what Postfix takes is the same after it', () => {
  const value = 'secure match=nexthop:dot-nexthop protocols= exclude=MD5:RC4'
  const reading = readValue(repairValue(value).value)
  expect('policy' in reading && formatValue(reading.policy, reading.parameters)).toBe(value)
})
