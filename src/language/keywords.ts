import { isDay } from './day.ts'
import type { Fault } from './fault.ts'
import { quote, visible } from './quote.ts'
import type { ShapeRule } from './schema.ts'
import { fieldHelp, unknownField, unknownValue } from './wording.ts'

/** What a schema refuses, and the schema that refuses it, as Ajv reports them. */
interface Refused {
  readonly keyword: string
  readonly instancePath: string
  readonly params: Readonly<Record<string, unknown>>
  readonly schema?: unknown
  readonly parentSchema?: SchemaPart
  readonly data?: unknown
}

interface SchemaPart {
  readonly $id?: string
  readonly properties?: object
  readonly enum?: readonly string[]
  readonly examples?: readonly string[]
  readonly format?: string
  readonly items?: { readonly type?: string | readonly string[] }
}

type Wording = (error: Refused, name: string) => Omit<Fault<ShapeRule>, 'at'>

/** The keywords that our schemas use, each in words; a test holds the list against the schemas. */
export const wordings = {
  required: error => {
    const field = String(error.params.missingProperty)
    return {
      rule: 'missing-field',
      message: `the field ${quote(field)} is missing`,
      ...helpOf(fieldHelp(error.parentSchema, field)),
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
    ...helpOf(typeHelp(error)),
  }),
  enum: (error, name) => unknownValue(error.data, name, error.schema as string[]),
  pattern: (error, name) => ({
    rule: 'bad-value',
    message: `${name} cannot be ${quote(error.data)}`,
    ...helpOf(fieldHelp(error.parentSchema)),
  }),
  format: (error, name) => ({
    rule: 'not-a-day',
    message: `${name} must be a day of the calendar, and ${quote(error.data)} is none`,
    help: dayHelp(String(error.data)),
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

/** The message and the help for what the schema refuses; `name` is the field as a person calls it. */
export function putInWords(error: Refused, name: string): Omit<Fault<ShapeRule>, 'at'> {
  const wording: Wording | undefined = wordings[error.keyword as keyof typeof wordings]
  if (!wording) throw new Error(`the schema uses ${error.keyword}, which has no wording`)
  return wording(error, name)
}

function outOfRange(error: Refused, name: string, bound: string) {
  return {
    rule: 'bad-value',
    message: `${name} is ${error.data}, and must be ${bound} ${error.params.limit}`,
  } as const
}

function helpOf(help: string): { readonly help?: string } {
  return help === '' ? {} : { help }
}

/** What to write instead of a value of another type, from what was probably meant by it. */
function typeHelp({ data, schema, parentSchema, instancePath }: Refused): string {
  const expected = [schema as string].flat()
  if (instancePath === '' && parentSchema?.properties && 'destination' in parentSchema.properties)
    return 'write one override into each file, with a line for each field: "destination: partner.example"'
  if (instancePath === '/parameters')
    return 'write each parameter on a line of its own below "parameters:", such as "  ciphers: high"'
  if (expected.includes('boolean')) return 'write true or false, without quotes'
  if (expected.includes('integer')) return 'write a number, without quotes'
  if (expected[0] === 'array' && (typeof data === 'string' || typeof data === 'number'))
    return `write a list: [${visible(String(data))}]`
  if (typeof data === 'number' && parentSchema?.format === 'date') return dayHelp(String(data))
  if (typeof data === 'number')
    return `put it in quotes: without them YAML reads a number${instancePath.endsWith('/version') ? ' (3.10 becomes 3.1)' : ''}`
  if (parentSchema?.enum) return `choose one: ${parentSchema.enum.join(', ')}`
  if (typeof data === 'boolean' && parentSchema?.examples?.includes('yes'))
    return `write "${data ? 'yes' : 'no'}", in quotes`
  if (Array.isArray(data) && data.length === 1 && typeof data[0] === 'string')
    return `if the brackets are part of the text, put it in quotes: "[${data[0]}]"`
  return fieldHelp(parentSchema)
}

/** The day in the spelling that is expected, where the written one can mean only that day. */
function dayHelp(text: string): string {
  const ordered =
    /^(?<year>\d{4})[-/.]?(?<month>\d{1,2})[-/.]?(?<day>\d{1,2})(?:[T ].*)?$/.exec(text) ??
    /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4})$/.exec(text) ??
    /^(?<month>\d{1,2})\/(?<day>1[3-9]|[23]\d)\/(?<year>\d{4})$/.exec(text) ??
    /^(?<day>1[3-9]|[23]\d)\/(?<month>\d{1,2})\/(?<year>\d{4})$/.exec(text)
  const { year = '', month = '', day = '' } = ordered?.groups ?? {}
  const meant = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isDay(meant) ? `write ${meant}` : 'write year, month and day: 2026-12-15'
}

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
  return typeof data === 'string' ? `the text ${quote(data)}` : `the ${wordFor(data)} ${data}`
}

function wordFor(data: unknown): string {
  return typeof data === 'boolean' ? 'truth value' : typeof data
}
