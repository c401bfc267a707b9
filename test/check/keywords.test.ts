import { expect, test } from 'vitest'
import overrideSchema from '../../schema/override.schema.json' with { type: 'json' }
import settingsSchema from '../../schema/settings.schema.json' with { type: 'json' }
import { wordings } from '../../src/language/keywords.ts'

/** Keywords that describe and refuse nothing. */
const silent = ['$schema', '$id', 'title', 'description', 'default', 'examples']

/** The keywords of a schema and of all schemas within it; names of fields are none. */
function keywordsIn(schema: object): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, value]) => {
    if (keyword === 'properties') return Object.values(value as object).flatMap(keywordsIn)
    if (keyword === 'items') return keywordsIn(value as object)
    return silent.includes(keyword) ? [] : [keyword]
  })
}

test('each keyword that the schemas use has a wording, and no other', () => {
  const used = new Set([overrideSchema, settingsSchema].flatMap(keywordsIn))
  expect(Object.keys(wordings).toSorted()).toEqual([...used].toSorted())
})
