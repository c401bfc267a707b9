import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { expect } from 'vitest'
import { isDay } from '../../src/language/day.ts'

const folder = join(import.meta.dirname, '../../schema')
const isTime = (text: string) => !Number.isNaN(Date.parse(text))
const ajv = new Ajv({
  strictTypes: false,
  formats: { date: text => isDay(text), 'date-time': isTime },
})
for (const name of readdirSync(folder))
  ajv.addSchema(JSON.parse(readFileSync(join(folder, name), 'utf8')))

/** Holds if the output of a command is JSON as its schema describes it; returns what it says. */
export function expectShape(output: string, schema: string) {
  const validate = ajv.getSchema(`${schema}.schema.json`)
  if (!validate) throw new Error(`there is no schema for ${schema}`)
  const told = JSON.parse(output)
  expect(validate(told), JSON.stringify(validate.errors)).toBe(true)
  return told
}
