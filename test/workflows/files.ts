import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

export const project = join(import.meta.dirname, '../..')
export const actionFolder = (name: string) => join(project, '.github/actions', name)

export interface Step {
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, unknown>>
}

export interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}

export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions?: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly permissions?: unknown
  readonly 'timeout-minutes'?: number
  readonly steps: readonly Step[]
}

export interface YamlFile {
  readonly path: string
  readonly text: string
}

const filesIn = (folder: string): readonly YamlFile[] =>
  readdirSync(join(project, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.ya?ml$/.test(name))
    .map(name => `${folder}/${name}`)
    .map(path => ({ path, text: readFileSync(join(project, path), 'utf8') }))

export const workflowFiles = filesIn('.github/workflows')
export const actionFiles = filesIn('.github/actions')

export const readWorkflow = ({ text }: YamlFile): Workflow => parse(text)
export const readAction = ({ text }: YamlFile): Action => parse(text)
