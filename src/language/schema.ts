import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import overrideSchema from '../../schema/override.schema.json' with { type: 'json' }
import settingsSchema from '../../schema/settings.schema.json' with { type: 'json' }
import { isDay } from './day.ts'
import type { Fault } from './fault.ts'
import { putInWords } from './keywords.ts'
import { fieldHelp, meantField, settingsFields } from './wording.ts'

export type ShapeRule =
  | 'missing-field'
  | 'unknown-field'
  | 'wrong-type'
  | 'unknown-value'
  | 'bad-value'
  | 'not-a-day'
  | 'plugin-parameter'

const schemas = { override: overrideSchema, settings: settingsSchema } as const

export type SchemaName = keyof typeof schemas

const compiled = new Map<SchemaName, ValidateFunction>()

/** Faults of plain data against one of the schemas; none means that every field has its type. */
export function validate(schema: SchemaName, data: unknown): readonly Fault<ShapeRule>[] {
  const check = compiled.get(schema) ?? compile(schema)
  return check(data) ? [] : withoutConsequences(check.errors ?? []).map(toFault)
}

/** What a field of an override is for, from its description in the schema. */
export function describeField(field: string): string {
  return fieldHelp(schemas.override, field)
}

function compile(schema: SchemaName): ValidateFunction {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    formats: { date: isDay },
  })
  const check = ajv.compile(schemas[schema])
  compiled.set(schema, check)
  return check
}

/** A value of the wrong type is no choice either, and a misspelled field is not missing as well. */
function withoutConsequences(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const mistyped = new Set<string>()
  const misspelled = new Set<string>()
  for (const { keyword, params, instancePath, parentSchema } of errors) {
    if (keyword === 'type') mistyped.add(instancePath)
    if (keyword !== 'additionalProperties') continue
    const known = Object.keys(parentSchema?.properties ?? {})
    const name = String(params.additionalProperty)
    const meant =
      instancePath === '' && settingsFields.includes(name) ? known : [meantField(name, known)]
    for (const field of meant) misspelled.add(`${instancePath}/${field}`)
  }
  return errors.filter(({ keyword, params, instancePath }) => {
    if (keyword === 'enum') return !mistyped.has(instancePath)
    return keyword !== 'required' || !misspelled.has(`${instancePath}/${params.missingProperty}`)
  })
}

function toFault(error: ErrorObject): Fault<ShapeRule> {
  const extra = error.params.additionalProperty
  const at =
    extra === undefined
      ? { pointer: error.instancePath }
      : { pointer: `${error.instancePath}/${escapeStep(String(extra))}`, key: true as const }
  return { ...putInWords(error, nameOf(error.instancePath)), at }
}

function escapeStep(step: string): string {
  return step.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The field as a person calls it: `/contacted/0/to` is the "to" of entry 1 of "contacted". */
function nameOf(path: string): string {
  const steps = path.split('/').slice(1)
  if (steps.length === 0) return 'the file'
  return steps
    .map(step => (/^\d+$/.test(step) ? `entry ${Number(step) + 1}` : `"${step}"`))
    .reverse()
    .join(' of ')
}
