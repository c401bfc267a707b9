// Reads the history of a repository as `explain`, `diff` and `report` do, and nothing else.
import { join } from 'node:path'
import { openRepository } from '../../dist/io/git.js'
import { readHistory } from '../../dist/review/history.js'

const folder = join(process.argv[2] ?? '', 'policies')
const limits = { largestFile: 65_536, settingsPath: '_settings.yaml' }
const repository = await openRepository(folder, process.env, limits)
const { overrides } = readHistory((await repository?.log()) ?? '')
if (overrides.size < 10_000) throw new Error(`the history has ${overrides.size} overrides`)
