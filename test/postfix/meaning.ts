/**
 * What Postfix makes of a right-hand side that it takes, in one spelling: two texts with one meaning treat
 * mail alike. Written from Postfix's rules, and not with the code under test.
 */
export function meaningOf(text: string): Readonly<Record<string, readonly string[]>> {
  const [level = '', ...tokens] = text.split(/[\s,]+/).filter(token => token !== '')
  const policy = level.toLowerCase()
  const meaning: Record<string, readonly string[]> = { policy: [policy] }
  // At none nothing that follows counts.
  for (const token of policy === 'none' ? [] : tokens) {
    const at = token.indexOf('=')
    const name = token.slice(0, at).toLowerCase()
    const values = elementsOf(policy, name, token.slice(at + 1))
    meaning[name] = adds.has(name) ? [...(meaning[name] ?? []), ...values] : values
  }
  return meaning
}

const adds: ReadonlySet<string> = new Set(['match', 'tafile'])
const lists: ReadonlySet<string> = new Set(['match', 'protocols', 'exclude'])

function elementsOf(policy: string, name: string, value: string): readonly string[] {
  if (!lists.has(name)) return [value]
  const isPin = policy === 'fingerprint' && name === 'match'
  const elements = value.split(isPin ? '|' : ':').filter(element => element !== '')
  if (isPin) return elements.filter(isPinned)
  return elements.filter(element => name !== 'match' || element !== '.')
}

/** Pairs of hexadecimal digits; Postfix takes none that is longer than 192 characters. */
function isPinned(pin: string): boolean {
  return pin.length <= 192 && /^[\da-f]{2}(:?[\da-f]{2})*$/i.test(pin)
}
