import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { chromium } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, test } from 'vitest'
import { formatHtml } from '../../../src/register/forms/html/page.ts'
import type { Register } from '../../../src/register/register.ts'

const executablePath = '/usr/bin/chromium'

/** A page that is open in a browser, and what it tried behind the reader's back. */
interface Opened {
  readonly page: Page
  /** Errors and warnings of the console, and exceptions. */
  readonly complaints: readonly string[]
  /** Addresses that it asked for, the page itself left out. */
  readonly requests: readonly string[]
}

export type Open = (register: Register, options?: BrowserContextOptions) => Promise<Opened>

/**
 * `describe` for tests that need a browser, one for the whole file. Without one they are skipped, with
 * a line that says what to install; in CI (`CI` is set) that is a failure.
 */
export function describeInBrowser(name: string, tests: (open: Open) => void): void {
  const isHere = existsSync(executablePath)
  const advice = `cannot run here, it lacks ${executablePath}; as root on Debian: apt-get install chromium`
  if (!isHere && process.env.CI) {
    describe(name, () => {
      test('a browser is here to read the page', () => {
        throw new Error(advice)
      })
    })
    return
  }
  if (!isHere) console.warn(`skipped: ${name} ${advice}`)
  describe.skipIf(!isHere)(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'tlspolicy-html-'))
    let browser: Browser | undefined
    let pages = 0
    beforeAll(async () => {
      // Chromium's sandbox does not run as root, which it is in a container.
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
    }, 60_000)
    afterEach(async () => {
      await Promise.all(browser?.contexts().map(context => context.close()) ?? [])
    })
    afterAll(async () => {
      await browser?.close()
      rmSync(folder, { recursive: true })
    })
    tests(async (register, options) => {
      if (!browser) throw new Error('the browser did not start')
      pages += 1
      const file = join(folder, `${pages}.html`)
      writeFileSync(
        file,
        formatHtml(register, path => `policies/${path}`),
      )
      return openPage(browser, pathToFileURL(file).href, options)
    })
  })
}

async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', message => complaints.push(message.text()))
  page.on('pageerror', error => complaints.push(error.message))
  page.on('dialog', dialog => {
    complaints.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('request', request => {
    if (request.url() !== address) requests.push(request.url())
  })
  await page.goto(address)
  return { page, complaints, requests }
}
