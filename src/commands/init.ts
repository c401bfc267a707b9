import { join, relative, resolve } from 'node:path'
import { adaptWorkflow, exampleOverride, writeSettings } from '../install/init/files.ts'
import type { MainCf } from '../install/init/main-cf.ts'
import { mainCfNames, readMainCf } from '../install/init/main-cf.ts'
import { findSettings } from '../install/init/settings.ts'
import { formatInit } from '../install/init/words.ts'
import { createFile } from '../io/edit.ts'
import { Failure } from '../io/failure.ts'
import { topFolder } from '../io/git-place.ts'
import { isThere, readInput } from '../io/input.ts'
import { openPostfix } from '../io/postfix.ts'
import { toolVersion } from '../io/version.ts'
import { ownWorkflow } from '../io/workflows.ts'
import { quote } from '../language/quote.ts'
import { settingsPath } from '../language/source.ts'
import { paintOn } from './show-report.ts'
import type { CommonOptions, Status, World } from './world.ts'
import { status } from './world.ts'

export interface InitOptions extends CommonOptions {
  /** The output of postconf from another machine; - for standard input. */
  readonly postconf?: string
  /** The repository and commit of the actions: `owner/name@commit`. */
  readonly action?: string
  readonly workflows: boolean
}

const unknownAction = 'OWNER/tlspolicy@COMMIT'

/** Writes what a repository of overrides begins with; files that are there stay. */
export async function init(world: World, options: InitOptions): Promise<Status> {
  if (options.action !== undefined && !/^[\w.-]+\/[\w.-]+@[\da-f]{40}$/.test(options.action)) {
    world.stderr.write(
      `tlspolicy: ${quote(options.action)} names no commit of an action; expected owner/name@ and 40 hexadecimal digits\n`,
    )
    return status.usage
  }
  const found = await findMainCf(world, options)
  const files = new Map([
    [join(options.policies, settingsPath), writeSettings(findSettings(found.main))],
    [join(options.policies, '_example.yaml'), exampleOverride],
    ...(options.workflows ? workflowFiles(world.cwd, options) : []),
  ])
  const paths = [...files.keys()]
  const kept = paths.filter(path => isThere(resolve(world.cwd, path)))
  const written = paths.filter(path => !kept.includes(path))
  for (const path of written) createFile(resolve(world.cwd, path), files.get(path) ?? '')
  const unfilled = options.action === undefined ? written.filter(isWorkflow) : []
  const paint = paintOn(world, world.stdout, options)
  world.stdout.write(formatInit({ ...found, written, kept, unfilled }, paint))
  return status.clean
}

interface FoundMainCf {
  readonly main: MainCf | undefined
  readonly unread?: string
}

/** Where no Postfix is, the settings are assumed; a file that was named has to be there. */
async function findMainCf(world: World, { postconf }: InitOptions): Promise<FoundMainCf> {
  if (postconf !== undefined) {
    const bytes = readInput(postconf === '-' ? postconf : resolve(world.cwd, postconf))
    const main = readMainCf(new TextDecoder().decode(bytes))
    if (Object.keys(main).length > 0) return { main }
    throw new Failure(
      `${quote(postconf)} holds no line of postconf such as "mail_version = 3.7.11"`,
    )
  }
  try {
    return { main: await openPostfix(world.env).settings(mainCfNames) }
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return {
      main: undefined,
      unread: `${error.message}. On the mail host, print them with "postconf > FILE"; then init --postconf FILE`,
    }
  }
}

const folder = '.github/workflows'

/** GitHub reads workflows at the top of a repository alone. */
function workflowFiles(cwd: string, options: InitOptions): readonly (readonly [string, string])[] {
  const { action = unknownAction } = options
  const top = topFolder(cwd)
  const policies = relative(top, resolve(cwd, options.policies))
  return ['review.yml', 'expiry-report.yml', 'deploy.yml'].map(name => {
    const texts = { action, version: toolVersion(), policies }
    const path = relative(cwd, join(top, folder, `tlspolicy-${name}`))
    return [path, adaptWorkflow(ownWorkflow(name), texts)] as const
  })
}

function isWorkflow(path: string): boolean {
  return path.includes(`${folder}/`)
}
