import { expect, test } from 'vitest'
import { nameFile } from '../../../src/register/edit/new-override.ts'

const names = {
  'A.example': 'a.example.yaml',
  '.a.example': 'a.example.yaml',
  '[mail.a.example]:25': 'mail.a.example-25.yaml',
  '[2001:db8::1]:25': '2001-db8-1-25.yaml',
  'münchen.example': 'xn-mnchen-3ya.example.yaml',
  con: 'con-.yaml',
  'NUL.example': 'nul-.example.yaml',
  '.com1.example': 'com1-.example.yaml',
  '[lpt9]:25': 'lpt9-25.yaml',
  'con-tract.example': 'con-tract.example.yaml',
  'console.example': 'console.example.yaml',
  '.git': 'git.yaml',
  '_dmarc.example': 'dmarc.example.yaml',
  '***': 'override.yaml',
} as const

test.each(Object.entries(names))('a file for %s is %s', (destination, name) => {
  expect(nameFile(destination, [])).toBe(name)
})

test('a name that is there in other letters is not taken again', () => {
  expect(nameFile('con.example', ['CON-.example.yaml', 'x.yaml'])).toBe('con-.example-2.yaml')
})
