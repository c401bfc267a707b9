import type { Report } from '../check/diagnostic.ts'
import type { Finding } from '../check/rule.ts'
import type { RuleId } from '../check/rules.ts'
import { paintFor } from '../io/terminal.ts'
import { settingsPath } from '../language/source.ts'
import type { Folder } from './load.ts'
import type { CommonOptions, Output, World } from './world.ts'

/** Places for what was found; a folder without faults needs no YAML parser for it. */
export async function makeReport(
  folder: Folder,
  findings: readonly Finding<RuleId>[],
): Promise<Report> {
  const overrides = folder.files.filter(({ path }) => path !== settingsPath).length
  if (findings.length === 0) return { diagnostics: [], overrides }
  const { diagnose } = await import('../check/diagnose.ts')
  return { diagnostics: diagnose(findings, folder), overrides }
}

/** The report for people, with source lines. */
export async function reportText(
  folder: Folder,
  report: Report,
  paint: ReturnType<typeof paintFor>,
): Promise<string> {
  const { formatText } = await import('../check/forms/text.ts')
  const paths = new Map(folder.files.map(({ path }) => [folder.display(path), path]))
  const textOf = (file: string) => folder.textOf(paths.get(file) ?? '')
  return formatText(report, { textOf, paint })
}

/** How text is coloured on one of the outputs. */
export function paintOn(world: World, output: Output, { color }: CommonOptions) {
  const { NO_COLOR = '', FORCE_COLOR = '', TERM = '' } = world.env
  return paintFor(output, { NO_COLOR, FORCE_COLOR, TERM }, color)
}
