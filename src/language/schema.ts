import type { ErrorObject, ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import overrideSchema from '../../schema/override.schema.json' with { type: 'json' }
import settingsSchema from '../../schema/settings.schema.json' with { type: 'json' }
import { isDay } from './day.ts'
import type { Fault } from './fault.ts'
import { quote } from './quote.ts'
import { fieldHelp, unknownField, unknownValue } from './wording.ts'

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
  return check(data) ? [] : (check.errors ?? []).map(toFault)
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

type Wording = (error: ErrorObject, name: string) => Omit<Fault<ShapeRule>, 'at'>

/** The keywords that our schemas use, each in words; a test holds the list against the schemas. */
export const wordings = {
  required: error => {
    const field = String(error.params.missingProperty)
    return {
      rule: 'missing-field',
      message: `the field ${quote(field)} is missing`,
      help: fieldHelp(error.parentSchema, field),
    }
  },
  additionalProperties: error =>
    unknownField(
      String(error.params.additionalProperty),
      error.instancePath,
      Object.keys(error.parentSchema?.properties ?? {}),
    ),
  type: (error, name) => ({
    rule: 'wrong-type',
    message: `${name} must be ${[error.schema as string].flat().map(typeWord).join(' or ')}, and is ${describe(error.data)}`,
    help: typeof error.data === 'number' ? numberHelp : fieldHelp(error.parentSchema),
  }),
  enum: (error, name) => unknownValue(error.data, name, error.schema as string[]),
  pattern: (error, name) => ({
    rule: 'bad-value',
    message: `${name} cannot be ${quote(error.data)}`,
    help: fieldHelp(error.parentSchema),
  }),
  format: (error, name) => ({
    rule: 'not-a-day',
    message: `${name} must be a day of the calendar, and ${quote(error.data)} is none`,
    help: 'write year, month and day: 2026-12-15',
  }),
  minItems: (_, name) => ({
    rule: 'bad-value',
    message: `${name} is an empty list`,
    help: 'write at least one value, or leave the field out if it is optional',
  }),
  maxItems: (error, name) => ({
    rule: 'bad-value',
    message: `${name} holds ${(error.data as unknown[]).length} values, and ${error.params.limit} are allowed`,
    help: 'divide it over several files',
  }),
  maxLength: (error, name) => ({
    rule: 'bad-value',
    message: `${name} has ${String(error.data).length} characters, and ${error.params.limit} are allowed`,
  }),
  minimum: (error, name) => outOfRange(error, name, 'at least'),
  maximum: (error, name) => outOfRange(error, name, 'at most'),
} as const satisfies Readonly<Record<string, Wording>>

function outOfRange(error: ErrorObject, name: string, bound: string) {
  return {
    rule: 'bad-value',
    message: `${name} is ${error.data}, and must be ${bound} ${error.params.limit}`,
  } as const
}

function toFault(error: ErrorObject): Fault<ShapeRule> {
  const wording: Wording | undefined = wordings[error.keyword as keyof typeof wordings]
  if (!wording) throw new Error(`the schema uses ${error.keyword}, which has no wording`)
  const extra = error.params.additionalProperty
  const at =
    extra === undefined
      ? { pointer: error.instancePath }
      : { pointer: `${error.instancePath}/${escapeStep(String(extra))}`, key: true as const }
  return { ...wording(error, nameOf(error.instancePath)), at }
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

const numberHelp = 'put it in quotes: without them YAML reads a number (3.10 becomes 3.1)'

function typeWord(type: string): string {
  const words: Readonly<Record<string, string>> = {
    string: 'a text',
    array: 'a list',
    object: 'a map of fields',
    boolean: 'true or false',
    integer: 'a whole number',
  }
  return words[type] ?? type
}

function describe(data: unknown): string {
  if (data === null) return 'empty'
  if (Array.isArray(data)) return 'a list'
  if (typeof data === 'object') return 'a map of fields'
  return typeof data === 'string' ? `the text ${quote(data)}` : `the ${typeof data} ${String(data)}`
}
