import type { Piece } from '../../language/layout.ts'
import type { Branch, Twig } from './tree.ts'

/** Plain data as a value to print; fields that are undefined are left out. */
function branchOfData(data: unknown): Branch {
  if (Array.isArray(data)) return branch('list', { items: data.map(item => twigOfData(item)) })
  if (typeof data !== 'object' || data === null) return branch('scalar', { value: data })
  const fields = Object.entries(data).filter(([, field]) => field !== undefined)
  return branch('map', { items: fields.map(([name, field]) => twigOfData(field, name)) })
}

/** An entry with such a value; without a name, of a list. */
export function twigOfData(data: unknown, name?: string): Twig {
  const value = branchOfData(data)
  return {
    ...(name === undefined ? {} : { name }),
    start: 0,
    blank: false,
    value,
    lead: [],
    beside: [],
  }
}

function branch(
  kind: Piece['kind'],
  { items = [], value }: { readonly items?: readonly Twig[]; readonly value?: unknown },
): Branch {
  return { piece: { kind, start: 0, end: 0, flow: false, value, items: [] }, items, tail: [] }
}
