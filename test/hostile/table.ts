import { domainToASCII } from 'node:url'
import { expect } from 'vitest'
import { parse } from 'yaml'

/** What one override file says, as another reader of YAML finds it. */
interface Asked {
  readonly destination: string | readonly string[]
  readonly policy: string
  readonly parameters?: Readonly<Record<string, string | readonly string[]>>
  readonly active?: boolean
}

interface Line {
  readonly key: string
  readonly value: string
}

/** Reads a table as postmap(1) describes it: comments, continued lines, then key, blank and value. */
export function readTable(table: string): readonly Line[] {
  const logical: string[] = []
  for (const line of table.split('\n')) {
    if (/^[ \t\r\v\f]*(#|$)/.test(line)) continue
    if (/^[ \t\r\v\f]/.test(line)) logical.push(`${logical.pop() ?? ''}${line}`)
    else logical.push(line)
  }
  return logical.map(line => {
    const [, key = '', value = ''] =
      /^([^ \t\r\v\f]+)[ \t\r\v\f]+(.*?)[ \t\r\v\f]*$/.exec(line) ?? []
    return { key, value }
  })
}

/** Every line of the table is what one of the files asks for, and every active file has its lines. */
export function expectAsked(table: string, files: readonly string[]): void {
  expect(table).toMatch(/^# [^\r\0]*\n$/)
  const asked = files
    .map(file => parse(Buffer.from(file).toString()) as Asked)
    .filter(({ active }) => active !== false)
  const lines = readTable(table)
  expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length)
  for (const override of asked)
    for (const destination of [override.destination].flat()) {
      const own = lines.filter(({ key }) => sameKey(key, destination))
      expect(own.length, destination).toBeGreaterThan(0)
      for (const { value } of own) expectValue(value, override)
    }
  const destinations = asked.flatMap(({ destination }) => destination)
  const strangers = lines.filter(({ key }) => !destinations.some(one => sameKey(key, one)))
  expect(strangers).toEqual([])
}

function sameKey(key: string, destination: string): boolean {
  return inAscii(key) === inAscii(destination)
}

function inAscii(key: string): string {
  return key.toLowerCase().replace(/[^[\]:]+/g, name => {
    const dot = name.startsWith('.') ? '.' : ''
    return `${dot}${domainToASCII(name.slice(dot.length)) || name}`
  })
}

function expectValue(value: string, { policy, parameters = {} }: Asked): void {
  const [level, ...attributes] = splitBefore310(value)
  if (/[{}]/.test(value)) expect(splitSince310(value)).toEqual([level, ...attributes])
  expect(level).toBe(policy.toLowerCase())
  const found = new Map<string, string[]>()
  for (const attribute of attributes) {
    const at = attribute.indexOf('=')
    const name = attribute.slice(0, at)
    found.set(name, [...(found.get(name) ?? []), attribute.slice(at + 1)])
  }
  const written = Object.entries(level === 'none' ? {} : parameters)
  expect([...found.keys()].sort()).toEqual(written.map(([name]) => name.toLowerCase()).sort())
  for (const [name, values] of written)
    expectAttribute(name.toLowerCase(), found.get(name.toLowerCase()) ?? [], [values].flat(), level)
}

/** Blanks and commas part the attributes for Postfix. */
function splitBefore310(value: string): readonly string[] {
  return value.split(/[ \t\r\n,]+/)
}

/** Since Postfix 3.10 braces hold what they enclose together, as mystrtokq() counts them. */
function splitSince310(value: string): readonly string[] {
  const parts = ['']
  let level = 0
  for (const char of value) {
    if (char === '{') level += 1
    else if (char === '}') level = Math.max(0, level - 1)
    if (level === 0 && /[ \t\r\n,]/.test(char)) parts.push('')
    else parts.push(`${parts.pop()}${char}`)
  }
  return parts.filter(part => part !== '')
}

function expectAttribute(
  name: string,
  found: readonly string[],
  written: readonly string[],
  level: string | undefined,
): void {
  const isList = name === 'match' || name === 'protocols' || name === 'exclude'
  if (name !== 'tafile') expect(found.length).toBe(1)
  if (!isList) expect(found).toEqual(name === 'tafile' ? written : written.slice(-1))
  else {
    const separator = name === 'match' && level === 'fingerprint' ? '|' : ':'
    const elements = (values: readonly string[]) =>
      values.flatMap(value => value.split(separator)).filter(element => element !== '')
    // What Postfix would only warn of at each delivery need not be in the table.
    const counts = (element: string) =>
      name !== 'match' ||
      (separator === '|' ? /^[\da-f]{2}(:?[\da-f]{2})*$/i.test(element) : element !== '.')
    expect(elements(found)).toEqual(elements(written).filter(counts))
  }
}
