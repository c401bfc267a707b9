import { findFaults } from '../check/check.ts'
import type { Report } from '../check/diagnostic.ts'
import type { Day } from '../language/day.ts'
import { judgeChange } from '../review/strict.ts'
import { findTouched } from '../review/touched.ts'
import type { Folder } from './load.ts'
import { makeReport } from './show-report.ts'
import { openSides } from './sides.ts'
import type { CommonOptions, World } from './world.ts'

/** What `check` finds in the working tree, strict with what has changed since a commit. */
export async function reportOnChange(
  world: World,
  folder: Folder,
  options: CommonOptions,
  since: string,
  asOf: Day,
): Promise<Report> {
  const { before, after } = await openSides(world, options, { base: since }, folder)
  const report = await makeReport(folder, findFaults(after, asOf))
  const touched = [...findTouched(before, after)]
  const byFile = new Map(touched.map(([path, touch]) => [folder.display(path), touch]))
  return { ...report, diagnostics: judgeChange(report.diagnostics, byFile) }
}
