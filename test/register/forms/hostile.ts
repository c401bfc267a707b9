import * as fc from 'fast-check'
import { defaultSettings } from '../../../src/language/settings.ts'
import { makeRegister } from '../../../src/register/register.ts'
import { hostileOrigin, hostileOverride } from '../../review/forms/hostile.ts'

/** A register whose every text is what an attacker would write. */
export const hostileRegister = fc
  .record({
    overrides: fc.array(hostileOverride, { maxLength: 4 }),
    origin: hostileOrigin,
    asOf: fc.constantFrom('2026-11-01', '2026-11-22', '2026-12-16', '2027-02-20'),
    known: fc.constantFrom('git', 'shallow', 'none'),
  })
  .map(({ overrides, origin, asOf, known }) => {
    const pasts = overrides.map(({ path, reviewDate }) => {
      const past = { written: origin, changed: origin, reviewDates: [reviewDate], extensions: 1 }
      return [path, past] as const
    })
    const history = known === 'git' ? { overrides: new Map(pasts), destinations: new Map() } : known
    const paths = overrides.map(({ path }) => path)
    const policies = { paths, overrides, settings: defaultSettings, faults: [] }
    return makeRegister(policies, asOf, history)
  })

export const display = (path: string) => `policies/${path}`
