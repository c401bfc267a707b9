import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { Failure } from '../../src/io/failure.ts'
import { sendMessages } from '../../src/io/sendmail.ts'

/** A program that keeps what it reads beside itself; its path. */
function putProgram(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-sendmail-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'sendmail')
  writeFileSync(path, `#!/bin/sh\n${script}\n`)
  chmodSync(path, 0o755)
  return path
}

test('without a sendmail there is a failure that says what to do', () => {
  const send = () => sendMessages(['x'], { PATH: '/nowhere' }, '/nowhere/sendmail')
  expect(send).toThrow(Failure)
  expect(send).toThrow('no sendmail was found in PATH or as /nowhere/sendmail; install')
})

test('outside of PATH it is found in its usual place, and gets every byte', () => {
  const usual = putProgram('/bin/cat > "$0.mail"')
  const mail = `To: a@b.example\n\n${'ä.\n.\n'.repeat(50_000)}`
  sendMessages([mail], {}, usual)
  expect(readFileSync(`${usual}.mail`, 'utf8')).toBe(mail)
})

test('a relative PATH names no program', () => {
  const path = putProgram('exit 0')
  const folder = join(path, '..').split('/').slice(1).join('/')
  const relative = `${'../'.repeat(20)}${folder}`
  expect(() => sendMessages(['x'], { PATH: relative }, '/nowhere')).toThrow('no sendmail was found')
})

test.each([
  ['echo one >&2; echo two >&2; exit 64', 'did not take a message: two; 0 of 1 messages'],
  ['/bin/cat > /dev/null; exit 75', 'did not take a message: it ended with 75; 0 of 1'],
  ['/bin/cat > /dev/null; kill -9 $$', 'did not take a message: it ended with SIGKILL; 0 of 1'],
])('a program that does %s has failed', (script, said) => {
  expect(() => sendMessages(['x'], {}, putProgram(script))).toThrow(said)
})
