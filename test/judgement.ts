import { findFaults } from '../src/check/check.ts'
import { rules } from '../src/check/rules.ts'
import { collectPolicies } from '../src/language/policies.ts'
import { readFile } from '../src/language/read-file.ts'
import type { Settings } from '../src/language/settings.ts'
import { defaultSettings } from '../src/language/settings.ts'
import type { Version } from '../src/language/version.ts'
import type { Entry } from '../src/table/entries.ts'
import { compileEntries } from '../src/table/entries.ts'

export interface Judgement {
  /** As Postfix's verdict is told: an error is invalid, a warning is warn. */
  readonly verdict: 'ok' | 'warn' | 'invalid'
  readonly rules: readonly string[]
  readonly entries: readonly Entry[]
}

export function settingsFor(version: Version): Settings {
  return { ...defaultSettings, postfix: { ...defaultSettings.postfix, version } }
}

/** What the undated rules and the compiler make of a folder with these files. */
export function judge(texts: readonly string[], settings = defaultSettings): Judgement {
  const files = texts.map((text, index) => ({
    path: `${index}.yaml`,
    bytes: new TextEncoder().encode(text),
  }))
  const policies = { ...collectPolicies(files, readFile), settings }
  const found = findFaults(policies)
  const severities = found.map(({ rule }) => rules[rule].severity)
  const isWarned = severities.includes('warning')
  return {
    verdict: severities.includes('error') ? 'invalid' : isWarned ? 'warn' : 'ok',
    rules: found.map(({ rule }) => rule),
    entries: compileEntries(policies.overrides),
  }
}
