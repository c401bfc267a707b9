import schema from '../../schema/override.schema.json' with { type: 'json' }

const { parameters, contacted, renewals } = schema.properties

const within: Readonly<Record<string, object>> = {
  parameters: parameters.properties,
  contacted: contacted.items.properties,
  renewals: renewals.items.properties,
}

/** The order in which fields are written, that of the schema: of the file, or within one of its fields. */
export function fieldOrder(field?: string): readonly string[] {
  return Object.keys((field === undefined ? schema.properties : within[field]) ?? {})
}
