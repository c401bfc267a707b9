import { findFaults } from '../check/check.ts'
import type { Diagnostic, Report } from '../check/diagnostic.ts'
import { rules } from '../check/rules.ts'
import { toolVersion } from '../io/version.ts'
import type { Day } from '../language/day.ts'
import type { Loaded } from './load.ts'
import { loadPolicies } from './load.ts'
import { makeReport, paintOn, reportText } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface CheckOptions extends CommonOptions {
  readonly format: CheckFormat
  readonly asOf?: Day
  readonly strict?: boolean
}

type Form = (report: Report, loaded: Loaded, world: World, options: CheckOptions) => Promise<string>

/** The forms of diagnostics; each is loaded when it is asked for. */
const forms = {
  text: (report, loaded, world, options) =>
    reportText(loaded, report, paintOn(world, world.stdout, options)),
  json: async report => (await import('../check/forms/json.ts')).formatJson(report),
  github: async report => (await import('../check/forms/github.ts')).formatGithub(report),
  sarif: async report =>
    (await import('../check/forms/sarif.ts')).formatSarif(report, {
      version: toolVersion(),
      rules,
    }),
} as const satisfies Record<string, Form>

export type CheckFormat = keyof typeof forms

export const checkFormats = Object.keys(forms) as readonly CheckFormat[]

/** Prints all diagnostics; the status says whether an error is among them. */
export async function check(world: World, options: CheckOptions): Promise<Status> {
  const loaded = await loadPolicies(world, options)
  const found = findFaults(loaded.policies, options.asOf ?? world.today())
  const report = await makeReport(loaded, found)
  const judged = options.strict
    ? { ...report, diagnostics: report.diagnostics.map(asError) }
    : report
  world.stdout.write(await forms[options.format](judged, loaded, world, options))
  const isError = ({ severity }: Diagnostic) => severity === 'error'
  return judged.diagnostics.some(isError) ? status.found : status.clean
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.severity === 'warning' ? { ...diagnostic, severity: 'error' } : diagnostic
}
