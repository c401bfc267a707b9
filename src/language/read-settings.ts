import type { DocumentRule } from './document.ts'
import { readDocument } from './document.ts'
import type { Fault } from './fault.ts'
import type { Policy } from './policy.ts'
import type { ShapeRule } from './schema.ts'
import { validate } from './schema.ts'
import type { DigestName, Effect, Requirable, Settings } from './settings.ts'
import { defaultSettings } from './settings.ts'
import type { Version } from './version.ts'

export type SettingsRule = DocumentRule | ShapeRule

/** What `_settings.yaml` says, with defaults for what it leaves out. */
export function readSettings(text: string): {
  readonly settings: Settings
  readonly faults: readonly Fault<SettingsRule>[]
} {
  const document = readDocument(text)
  // Every key has a default, so that a file of comments says something as well.
  if (document.faults.some(({ rule }) => rule === 'empty-file'))
    return { settings: defaultSettings, faults: [] }
  const faults: readonly Fault<SettingsRule>[] =
    document.faults.length > 0 ? document.faults : validate('settings', document.data)
  if (faults.length > 0) return { settings: defaultSettings, faults }
  const { postfix = {}, review = {}, recheck = {}, require = [] } = document.data as Fields
  return {
    settings: {
      postfix: {
        version: postfix.version ?? defaultSettings.postfix.version,
        defaultPolicy: postfix.default_policy ?? defaultSettings.postfix.defaultPolicy,
        dnsSupportLevel: postfix.dns_support_level ?? defaultSettings.postfix.dnsSupportLevel,
        fingerprintDigest: postfix.fingerprint_digest ?? defaultSettings.postfix.fingerprintDigest,
        dynamicPolicy: postfix.dynamic_policy ?? defaultSettings.postfix.dynamicPolicy,
      },
      review: {
        remindDays: review.remind_days ?? defaultSettings.review.remindDays,
        graceDays: review.grace_days ?? defaultSettings.review.graceDays,
        longestDays: { ...defaultSettings.review.longestDays, ...review.longest_days },
      },
      recheck: { ...defaultSettings.recheck, ...recheck },
      require,
    },
    faults,
  }
}

type Postfix = Settings['postfix']

/** The fields of the file, once the schema has held. */
interface Fields {
  readonly postfix?: {
    readonly version?: Version
    readonly default_policy?: Policy
    readonly dns_support_level?: Postfix['dnsSupportLevel']
    readonly fingerprint_digest?: DigestName
    readonly dynamic_policy?: Postfix['dynamicPolicy']
  }
  readonly review?: {
    readonly remind_days?: readonly number[]
    readonly grace_days?: number
    readonly longest_days?: Partial<Record<Effect, number>>
  }
  readonly recheck?: Partial<Settings['recheck']>
  readonly require?: readonly Requirable[]
}
