import type { Diagnostic, Report } from '../check/diagnostic.ts'
import { openCache } from '../io/cache.ts'
import { toolVersion } from '../io/version.ts'
import type { Day } from '../language/day.ts'
import type { Folder } from './load.ts'
import { openFolder, readPolicies } from './load.ts'
import { makeReport, paintOn, reportText } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface CheckOptions extends CommonOptions {
  readonly format: CheckFormat
  readonly asOf?: Day
  readonly strict?: boolean
  /** A commit; what has changed since then is judged more strictly. */
  readonly changedSince?: string
}

type Form = (report: Report, folder: Folder, world: World, options: CheckOptions) => Promise<string>

/** The forms of diagnostics; each is loaded when it is asked for. */
const forms = {
  text: (report, folder, world, options) =>
    reportText(folder, report, paintOn(world, world.stdout, options)),
  json: async report => (await import('../check/forms/json.ts')).formatJson(report),
  github: async report => (await import('../check/forms/github.ts')).formatGithub(report),
  sarif: async report => {
    const { formatSarif } = await import('../check/forms/sarif.ts')
    const { rules } = await import('../check/rules.ts')
    return formatSarif(report, { version: toolVersion(), rules })
  },
} as const satisfies Record<string, Form>

export type CheckFormat = keyof typeof forms

/** Prints all diagnostics; the status says whether an error is among them. */
export async function check(world: World, options: CheckOptions): Promise<Status> {
  const folder = openFolder(world, options, options.changedSince !== undefined)
  const report = await findReport(world, folder, options)
  const judged = options.strict
    ? { ...report, diagnostics: report.diagnostics.map(asError) }
    : report
  world.stdout.write(await forms[options.format](judged, folder, world, options))
  const isError = ({ severity }: Diagnostic) => severity === 'error'
  return judged.diagnostics.some(isError) ? status.found : status.clean
}

/** A report on a change is never remembered: it depends on what is committed. */
async function findReport(world: World, folder: Folder, options: CheckOptions): Promise<Report> {
  const { changedSince, asOf = world.today() } = options
  if (changedSince === undefined) return reportOn(world, folder, asOf)
  const { reportOnChange } = await import('./changed-since.ts')
  return reportOnChange(world, folder, options, changedSince, asOf)
}

/** What was found in the folder, now or when it was last checked on the same day. */
async function reportOn(world: World, folder: Folder, asOf: Day): Promise<Report> {
  const question = `check ${folder.display('')} ${asOf}`
  const cache = openCache(world.env, folder.path, folder.files, question)
  const known = cache.recall() as Report | undefined
  if (known) return known
  const { findFaults } = await import('../check/check.ts')
  const report = await makeReport(folder, findFaults(await readPolicies(folder), asOf))
  cache.remember(report)
  return report
}

function asError(diagnostic: Diagnostic): Diagnostic {
  return diagnostic.severity === 'warning' ? { ...diagnostic, severity: 'error' } : diagnostic
}
