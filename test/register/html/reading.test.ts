import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Register } from '../../../src/register/register.ts'
import { describeInBrowser } from './browser.ts'
import { manyOverrides, registerOf, team, today } from './registers.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const trap = `</script></style><script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)> " ' \` & &lt; ##[add-mask]a \u202eback`

/** An override of which every text is hostile, though no reader of files would let all of it pass. */
const hostile: Register = {
  ...team,
  overrides: team.overrides.map(one => ({
    ...one,
    override: {
      ...one.override,
      path: trap,
      destinations: one.override.destinations.map(name => ({ ...name, text: trap })),
      parameters: { match: [trap] },
      justification: trap,
      owner: trap,
      ticket: `javascript:${trap}`,
      contacted: [{ date: '2026-11-18', to: trap }],
      renewals: [{ date: '2026-11-18', until: '2026-11-19', because: trap }],
    },
    past: {
      ...one.past,
      written: { day: today, author: trap, commit: 'c0ffee', pullRequest: trap, reviewers: [trap] },
    },
  })),
  inactive: team.inactive.map(one => ({
    ...one,
    justification: trap,
    ticket: `https://evil.example/"><img>${trap}`,
  })),
}

/** What axe finds: each rule that is broken, and where. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html)))`)
}

describeInBrowser('the HTML report as it is read', open => {
  test('axe finds no fault, in light colours and in dark ones', async () => {
    const { page } = await open(team, { bypassCSP: true, viewport: { width: 1280, height: 9000 } })
    for (const [colorScheme, background] of [
      ['light', 'rgb(250, 250, 248)'],
      ['dark', 'rgb(20, 23, 26)'],
    ] as const) {
      await page.emulateMedia({ colorScheme })
      const colour = await page.evaluate('getComputedStyle(document.body).backgroundColor')
      expect(colour).toBe(background)
      expect(await faultsOf(page)).toEqual([])
    }
  })

  test('axe finds no fault on a narrow screen, which never scrolls sideways', async () => {
    const { page } = await open(team, { bypassCSP: true, viewport: { width: 400, height: 14_000 } })
    expect(await faultsOf(page)).toEqual([])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400)
  })

  test('axe finds no fault where there is no override, and with columns for weeks', async () => {
    for (const register of [registerOf({}), manyOverrides(45)]) {
      const { page } = await open(register, { bypassCSP: true })
      expect(await faultsOf(page)).toEqual([])
    }
  })

  test('without JavaScript everything is there but the controls', async () => {
    const { page, complaints } = await open(team, { javaScriptEnabled: false })
    expect(await page.locator('#overrides tbody tr').count()).toBe(7)
    expect(await page.locator('article').count()).toBe(8)
    expect(await page.locator('#controls').isVisible()).toBe(false)
    expect(await page.locator('th button').count()).toBe(0)
    expect(await page.locator('svg').isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  test('on paper it is light, without controls, and no row or override is cut', async () => {
    const { page } = await open(team, { colorScheme: 'dark' })
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    const styles = await page.evaluate(`(() => {
      const of = selector => getComputedStyle(document.querySelector(selector))
      const { breakInside, contentVisibility } = of('article')
      return [of('body').backgroundColor, breakInside, contentVisibility, of('tbody tr').display]
    })()`)
    expect(styles).toEqual(['rgb(255, 255, 255)', 'avoid', 'visible', 'table-row'])
    expect(await page.locator('#controls').isVisible()).toBe(false)
  })

  test('a screen reader finds the parts of the page, its headings in order, and a table', async () => {
    const { page } = await open(team)
    for (const role of ['banner', 'navigation', 'main', 'contentinfo', 'search'] as const)
      expect(await page.getByRole(role).count(), role).toBe(1)
    const table = page.getByRole('table', { name: /^Active overrides/ })
    expect(await table.getByRole('columnheader').count()).toBe(9)
    expect(await table.getByRole('rowheader', { name: 'bank.example' }).count()).toBe(1)
    expect(await page.getByRole('img', { name: /review dates/ }).count()).toBe(1)
  })

  test('nothing moves by itself where the reader wants no motion', async () => {
    const { page } = await open(team, { reducedMotion: 'reduce' })
    const behaviour = await page.evaluate(
      'getComputedStyle(document.documentElement).scrollBehavior',
    )
    expect(behaviour).toBe('auto')
  })

  test('what people wrote stays text, and nothing leaves the page', async () => {
    const { page, complaints, requests } = await open(hostile)
    const shown = trap.replace('##[', '##\\u005b').replace('\u202e', '\\u202e')
    for (const selector of [
      'h3',
      'blockquote',
      'article li',
      '#overrides tbody .owner',
      '#overrides tbody th',
    ])
      expect(await page.locator(selector).first().textContent(), selector).toContain(shown)
    expect(await page.locator('.facts').first().textContent()).toContain(`policies/${shown}`)
    expect(await page.locator('img:not(svg), article a, iframe, [style], [onerror]').count()).toBe(
      0,
    )
    expect(await page.locator('script, style').count()).toBe(2)
    expect(await page.locator('[id]').count()).toBe(
      await page.locator('[id]:not([id*="<"])').count(),
    )
    expect(complaints).toEqual([])
    expect(requests).toEqual([])
  })

  test('a ticket is a link where it is an address of the web, and tells nobody where it was', async () => {
    const { page } = await open(team)
    const links = page.locator('article a')
    expect(await links.count()).toBe(1)
    expect(await links.getAttribute('href')).toBe('https://tickets.example/MAIL-42')
    expect(await links.getAttribute('rel')).toBe('noreferrer noopener')
  })
})
