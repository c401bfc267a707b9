import { basename, dirname, join, resolve } from 'node:path'
import type { HostSettings } from '../install/host-facts.ts'
import { hostParameters } from '../install/host-facts.ts'
import type { TableName } from '../install/place.ts'
import { findTableName, indexSuffixes, readTableName } from '../install/place.ts'
import { attempt } from '../io/attempt.ts'
import { Failure } from '../io/failure.ts'
import { isFolder } from '../io/files.ts'
import type { Place } from '../io/install-files.ts'
import type { Postfix } from '../io/postfix.ts'
import { openPostfix } from '../io/postfix.ts'
import { quote } from '../language/quote.ts'
import type { CommonOptions, World } from './world.ts'

/** Options of the commands that work on the table of a host. */
export interface HostOptions extends CommonOptions {
  /** `TYPE:PATH` as main.cf has it. */
  readonly to?: string
  /** A command line that runs Postfix's commands elsewhere. */
  readonly exec?: string
  /** The folder here that Postfix sees as that of the table. */
  readonly folder?: string
  /** A table that was compiled elsewhere. */
  readonly table?: string
}

export interface OpenHost {
  readonly postfix: Postfix
  readonly settings: HostSettings
  readonly name: TableName
  readonly place: Place
}

/** Postfix's commands, here or where `--exec` runs them. */
export function postfixOf({ env }: World, { exec = '' }: Pick<HostOptions, 'exec'>): Postfix {
  return openPostfix(env, exec.split(/\s+/).filter(Boolean))
}

function adviceFor({ exec, folder }: HostOptions, seenAs: string): string {
  return exec !== undefined && folder === undefined
    ? `; name with --folder the one that Postfix, which runs elsewhere, sees as ${quote(dirname(seenAs))}`
    : ', in which the table is to lie; make it, or name another one'
}

/** Asks Postfix for its settings, and finds the table. Throws a Failure where there is none to install. */
export async function openHost(world: World, options: HostOptions): Promise<OpenHost> {
  const { exec = '', to, folder } = options
  const postfix = postfixOf(world, options)
  const settings = await postfix.settings(hostParameters)
  const type = settings.default_database_type
  const found =
    to === undefined
      ? findTableName(settings.smtp_tls_policy_maps, type, settings.config_directory)
      : readTableName(to, type)
  if ('refused' in found) throw new Failure(found.refused)
  const seenAs = exec === '' ? resolve(world.cwd, found.path) : found.path
  const here = folder === undefined ? dirname(seenAs) : resolve(world.cwd, folder)
  if (!attempt(`look at ${here}`, () => isFolder(here)))
    throw new Failure(`there is no such folder as ${quote(here)}${adviceFor(options, seenAs)}`)
  const place = {
    path: join(here, basename(seenAs)),
    type: found.type,
    suffix: indexSuffixes[found.type],
    seenAs,
  }
  return { postfix, settings, name: { ...found, path: seenAs }, place }
}
