import type { Report } from '../check/diagnostic.ts'
import type { Finding } from '../check/rule.ts'
import type { RuleId } from '../check/rules.ts'
import { paintFor } from '../io/terminal.ts'
import type { Loaded } from './load.ts'
import type { CommonOptions, Output, World } from './world.ts'

/** Places for what was found; a folder without faults needs no YAML parser for it. */
export async function makeReport(
  loaded: Loaded,
  findings: readonly Finding<RuleId>[],
): Promise<Report> {
  const overrides = loaded.policies.paths.length
  if (findings.length === 0) return { diagnostics: [], overrides }
  const { diagnose } = await import('../check/diagnose.ts')
  return { diagnostics: diagnose(findings, loaded), overrides }
}

/** The report for people, with source lines. */
export async function reportText(
  loaded: Loaded,
  report: Report,
  paint: ReturnType<typeof paintFor>,
): Promise<string> {
  const { formatText } = await import('../check/forms/text.ts')
  const paths = new Map(loaded.policies.paths.map(path => [loaded.display(path), path]))
  const textOf = (file: string) => loaded.textOf(paths.get(file) ?? '_settings.yaml')
  return formatText(report, { textOf, paint })
}

/** How text is coloured on one of the outputs. */
export function paintOn(world: World, output: Output, { color }: CommonOptions) {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM = '' } = world.env
  return paintFor(output, { NO_COLOR, FORCE_COLOR, TERM }, color)
}
