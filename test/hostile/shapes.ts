const largest = 65_536

/** A text repeated until it fills the largest file that is read. */
function filled(part: string | ((index: number) => string), before = '', after = ''): string {
  const room = largest - before.length - after.length
  let text = ''
  for (let index = 0; ; index += 1) {
    const next = typeof part === 'string' ? part : part(index)
    if (text.length + next.length > room) return `${before}${text}${after}`
    text += next
  }
}

const rest = `justification: Their certificate expired in October; postmaster was told.
review_date: 2026-12-15
`
const head = (policy: string) => `destination: a.example\npolicy: ${policy}\n${rest}`
const parameter = (policy: string, name: string) => `${head(policy)}parameters: { ${name}: `

/** Files as large as may be, each of a shape that some reader could choke on. */
export const shapes: Readonly<Record<string, string>> = {
  'open brackets': '['.repeat(60_000),
  'closed brackets': '['.repeat(30_000) + ']'.repeat(30_000),
  'ten thousand levels of flow': `${'{a: '.repeat(10_000)}${'}'.repeat(10_000)}`,
  'ten thousand levels of blocks': '- '.repeat(10_000),
  'levels by indentation': filled(index => `${' '.repeat(index)}a:\n`),
  'deep and broad': filled('a,', '['.repeat(1500), ']'.repeat(1500)),
  'deep and broad in a field': filled(
    'a,',
    `${head('may')}ticket: ${'['.repeat(1500)}`,
    ']'.repeat(1500),
  ),
  dashes: '- '.repeat(30_000),
  commas: ','.repeat(60_000),
  'commas in brackets': filled(',', '[', ']'),
  'question marks': '? '.repeat(30_000),
  'lines with question marks': filled('?\n'),
  colons: filled(':\n'),
  directives: '%a\n'.repeat(20_000),
  anchors: '&a '.repeat(20_000),
  tags: filled('!a '),
  aliases: filled('- *a\n'),
  'aliases of aliases': filled(index =>
    index === 0 ? 'a0: &a0 [x]\n' : `a${index}: &a${index} [${`*a${index - 1},`.repeat(10)}]\n`,
  ),
  documents: filled('---\n'),
  keys: filled(index => `k${index}: 1\n`),
  'the same key': filled('a: 1\n'),
  'keys that are lists': filled('[]:,', '{', '}'),
  'one long key': `${'a'.repeat(60_000)}: 1`,
  'one long number': `active: ${'9'.repeat(60_000)}`,
  quotes: filled('"'),
  'escapes of nothing': filled('\\0', '"', '"'),
  'one value with a NUL in each entry': filled('"\\0",', 'destination: [', ']'),
  'blank lines': filled('\n'),
  comments: filled('#\n'),
  'a folded text of many lines': filled(' a\n\n', `${head('may')}ticket: >\n`),
  'dense entries': filled('1,', 'contacted: [', ']'),
  // As dense as a file may be.
  'empty entries': filled('{},        ', 'contacted: [', ']'),
  'entries of the wrong type': filled('1,      ', 'contacted: [', ']'),
  'wildcards in a list': filled('"*",', 'destination: [', `]\npolicy: may\n${rest}`),
  'a destination of dots': filled('.', 'destination: "a', `a"\npolicy: may\n${rest}`),
  'a destination of labels': filled('a.', 'destination: "', `"\npolicy: may\n${rest}`),
  'a destination of brackets': filled('[', 'destination: "', `"\npolicy: may\n${rest}`),
  'a destination in Punycode': filled('xn--', 'destination: "', `"\npolicy: may\n${rest}`),
  'a justification of signs': filled(
    '_!',
    `destination: a.example\npolicy: may\njustification: "`,
    'x"\n',
  ),
  'an owner of signs': filled('a@', `${head('may')}owner: "`, '"\n'),
  'a ticket of blanks': filled(' ', `${head('may')}ticket: "a`, '"\n'),
  'many names': filled('a|,     ', `${parameter('secure', 'match')}[`, '] }\n'),
  'many names in one text': filled('[:', `${parameter('secure', 'match')}"`, '" }\n'),
  'many pins': filled('a|', `${parameter('fingerprint', 'match')}"`, '" }\n'),
  'one long pin': filled('aa', `${parameter('fingerprint', 'match')}"`, 'g" }\n'),
  'many protocols': filled('a:', `${parameter('may', 'protocols')}"`, '" }\n'),
  'a list of protocols': filled('"a",', `${parameter('may', 'protocols')}[`, '] }\n'),
  'many bounds': filled('>=TLSv1:', `${parameter('may', 'protocols')}"`, '" }\n'),
  'many ciphers': filled('a:', `${parameter('may', 'exclude')}"`, '" }\n'),
  'many rules of ciphers': filled('RC4;', `${parameter('may', 'exclude')}"`, '" }\n'),
  'many sums of ciphers': filled('AES+', `${parameter('may', 'exclude')}"`, '!" }\n'),
  'open braces': filled('{', `${parameter('secure', 'match')}"`, '" }\n'),
  'many names of servers': filled('a,', `${parameter('may', 'servername')}[`, '] }\n'),
  'many answers': filled('a,      ', `${parameter('may', 'connection_reuse')}[`, '] }\n'),
  'many renewals': filled(
    '  - { date: 2026-11-20, until: 2026-12-15, because: "" }\n',
    `${head('may')}renewals:\n`,
  ),
  NUL: filled('\0'),
  'marks of direction': filled('\u202e').slice(0, largest / 3),
}

/** Those of which one fault each could be said for every few bytes, and the deepest. */
export const worst: readonly (keyof typeof shapes)[] = [
  'lines with question marks',
  'dense entries',
  'empty entries',
  'entries of the wrong type',
  'many names',
  'many protocols',
  'many answers',
  'one value with a NUL in each entry',
  'deep and broad in a field',
  'closed brackets',
  'aliases of aliases',
]
