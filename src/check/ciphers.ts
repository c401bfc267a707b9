import { excludesAll, readExclusion } from '../language/exclusions.ts'
import { splitList } from '../language/match.ts'
import { nearest } from '../language/nearest.ts'
import { oneOf, quote } from '../language/quote.ts'
import { inSession } from './protocols.ts'
import type { ValueChecker, ValueFault } from './values.ts'

export type CipherRule =
  | 'ciphers-refused'
  | 'ciphers-weak'
  | 'exclude-refused'
  | 'exclude-everything'
  | 'exclude-adds'
  | 'exclude-unknown'
  | 'exclude-clears'

/** Grades of tls_cipher_grade_table in Postfix's tls_misc.c. */
const grades = {
  high: 'strong',
  medium: 'strong',
  low: 'weak',
  export: 'weak',
  null: 'none',
} as const

/** The grade of a cipher list, in any case; undefined for what Postfix refuses. */
function gradeOf(value: string): 'strong' | 'weak' | 'none' | undefined {
  const known = Object.entries(grades).find(([name]) => name === value.toLowerCase())
  return known?.[1]
}

export const checkCiphers: ValueChecker<CipherRule> = function* (values, { policy }) {
  for (const value of values) {
    const grade = gradeOf(value)
    if (grade === undefined || (grade === 'none' && policy === 'encrypt'))
      yield {
        rule: 'ciphers-refused',
        message: `${quote(value)} is no grade of ciphers${grade ? ` for ${quote(policy)}` : ''}: ${inSession}`,
        help: `write ${oneOf(['high', 'medium'])}; single ciphers are taken out with "exclude"`,
      }
    else if (grade !== 'strong')
      yield {
        rule: 'ciphers-weak',
        message: `${quote(value)} ${grade === 'weak' ? 'allows ciphers that are broken (since Postfix 3.8 it means medium)' : 'is encryption that encrypts nothing'}`,
        help: 'write "medium"',
      }
  }
}

export const checkExclude: ValueChecker<CipherRule> = function* (values, { policy, parameters }) {
  const elements = splitList(values, ':')
  for (const [index, value] of values.entries())
    for (const element of splitList([value], ':')) {
      const fault = checkElement(element)
      if (fault) yield { ...fault, index }
    }
  if (elements.length === 0)
    yield {
      rule: 'exclude-clears',
      message: 'an empty list replaces what main.cf excludes: those ciphers are allowed again',
      help: 'leave "exclude" out to keep the list of main.cf',
    }
  else if (excludesAll(elements, policy, parameters.ciphers?.at(-1)))
    yield {
      rule: 'exclude-everything',
      message: `${quote(elements.join(':'))} leaves no cipher: ${inSession}`,
      help: 'exclude what is broken alone: [aNULL, RC4, MD5]',
    }
}

function checkElement(element: string): ValueFault<CipherRule> | undefined {
  const exclusion = readExclusion(element)
  switch (exclusion.kind) {
    case 'known':
      return undefined
    case 'unknown':
      return {
        rule: 'exclude-unknown',
        message: `${quote(element)} is no cipher that OpenSSL knows: it excludes nothing`,
        help: nearestGroup(element),
      }
    case 'rule':
      return {
        rule: 'exclude-adds',
        message: `in ${quote(element)} OpenSSL takes ${quote(exclusion.added)} for a rule of its own, which may add ciphers`,
        help: 'write names alone, separated with ":" or as a list',
      }
    case 'operator':
    case 'syntax':
      return {
        rule: 'exclude-refused',
        message: `${quote(element)} is no name of ciphers: ${inSession}`,
        help: `write the name alone: ${quote(element.replace(/^-+|[^A-Za-z0-9.-]/g, ''))}`,
      }
  }
}

function nearestGroup(element: string): string {
  const meant = nearest(element, ['aNULL', 'eNULL', 'RC4', '3DES', 'DES', 'MD5', 'EXPORT', 'LOW'])
  return meant ? `did you mean ${quote(meant)}?` : 'openssl ciphers -v ALL prints the names'
}
