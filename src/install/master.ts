/** A service of master.cf, as `postconf -M` prints it. */
export interface Service {
  readonly name: string
  readonly type: string
  readonly isChrooted: boolean
  readonly command: string
  /** Values of `-o name=value`. */
  readonly options: ReadonlyMap<string, string>
}

/**
 * Reads the lines of `postconf -M`; a service goes on in lines that begin with a blank. A hyphen stands for
 * no chroot since Postfix 3.0, but below compatibility level 1 for what it was before.
 */
export function readServices(text: string, compatibilityLevel: string): readonly Service[] {
  const isOld = Number.parseFloat(compatibilityLevel) < 1
  const lines = text.replace(/\n[ \t]+/g, ' ').split('\n')
  return lines.flatMap(line => {
    const [name = '', type = '', , , chroot, , , command = '', ...words] = wordsOf(line)
    if (command === '') return []
    const isChrooted = chroot === 'y' || (chroot === '-' && isOld)
    return [{ name, type, isChrooted, command, options: optionsOf(words) }]
  })
}

function wordsOf(line: string): readonly string[] {
  return line.match(/\{[^{}]*\}|\S+/g) ?? []
}

function optionsOf(words: readonly string[]): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (const [index, word] of words.entries()) {
    if (words[index - 1] !== '-o') continue
    const [, name = '', value = ''] = /^\{?\s*(\w+)\s*=\s*(.*?)\s*\}?$/s.exec(word) ?? []
    if (name !== '') options.set(name, value)
  }
  return options
}
