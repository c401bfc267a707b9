import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser } from './browser.ts'
import { manyOverrides, team } from './registers.ts'

/** The destinations that the table shows, from the top. */
function shownIn(page: Page): Promise<readonly string[]> {
  return page.locator('#overrides tbody tr:not([hidden]) th').allTextContents()
}

async function pressTab(page: Page, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await page.keyboard.press('Tab')
}

const byUrgency = [
  'hospital.example',
  'broken-dane.example',
  '[mx.late.example]:587',
  'today.example, .today.example',
  'a.soon.example, b.soon.example, c.soon.example and 1 more',
  'registry.example',
  'bank.example',
]

describeInBrowser('the HTML report as it works', open => {
  test('the search finds destinations, owners and reasons, and says how many', async () => {
    const { page, complaints, requests } = await open(team)
    expect(await shownIn(page)).toEqual(byUrgency)
    const count = page.getByRole('status')
    expect(await count.textContent()).toBe('7 of 7 overrides shown')
    const search = page.getByLabel('Search')
    await search.fill('SECURITY@ bank')
    expect(await shownIn(page)).toEqual(['bank.example'])
    expect(await count.textContent()).toBe('1 of 7 overrides shown')
    expect(await page.locator('article:visible').count()).toBe(2)
    await search.fill('change announced for october')
    expect(await shownIn(page)).toEqual(['broken-dane.example'])
    await search.fill('d.soon.example')
    expect(await shownIn(page)).toEqual([byUrgency[4]])
    await search.fill('nothing of the kind')
    expect(await count.textContent()).toBe('No override fits')
    await search.fill('')
    expect(await shownIn(page)).toEqual(byUrgency)
    expect({ complaints, requests }).toEqual({ complaints: [], requests: [] })
  })

  test('each status shows its own', async () => {
    const { page } = await open(team)
    const expected = {
      overdue: byUrgency.slice(1, 3),
      beyond: byUrgency.slice(1, 2),
      emergency: byUrgency.slice(0, 1),
      due: [byUrgency[0], ...byUrgency.slice(3, 5)],
      current: byUrgency.slice(5),
    }
    for (const [state, names] of Object.entries(expected)) {
      await page.getByLabel('Status', { exact: true }).selectOption(state)
      expect(await shownIn(page), state).toEqual(names)
    }
  })

  test('a click on a heading sorts by it, a second one turns the order round', async () => {
    const { page } = await open(team)
    const head = page.locator('th.date')
    await head.getByRole('button').click()
    expect((await shownIn(page))[0]).toBe('broken-dane.example')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    expect(await page.locator('th[aria-sort]').count()).toBe(1)
    await head.getByRole('button').click()
    expect((await shownIn(page))[0]).toBe('bank.example')
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    await page.getByRole('button', { name: 'Status' }).click()
    expect(await shownIn(page)).toEqual(byUrgency)
  })

  test('numbers are sorted as numbers, and what is unknown comes last either way', async () => {
    const { page } = await open(team)
    const stands = page.getByRole('button', { name: 'Stands' })
    const ages = () => page.locator('#overrides tbody .since').allTextContents()
    const sorted = ['1 day', '48 days', '61 days', '103 days', '173 days', '237 days']
    await stands.click()
    expect(await ages()).toEqual([...sorted, 'unknown'])
    await stands.click()
    expect(await ages()).toEqual([...sorted.toReversed(), 'unknown'])
    await page.getByRole('button', { name: 'Days left' }).click()
    expect((await page.locator('#overrides tbody .left').allTextContents())[0]).toBe('−33')
  })

  test('the keyboard reaches all of it, and its place can be seen', async () => {
    const { page } = await open(team)
    const focused = () =>
      page.evaluate<string>('document.activeElement.textContent || document.activeElement.id')
    await page.keyboard.press('Tab')
    expect(await focused()).toBe('Skip to the overrides')
    expect(await page.locator('.skip').boundingBox()).toMatchObject({ y: 8 })
    await page.keyboard.press('Enter')
    await pressTab(page, 2)
    expect(await focused()).toBe('words')
    await page.keyboard.type('example.org')
    await pressTab(page, 3)
    expect(await focused()).toBe('Review date')
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')
    expect(outline).toBe('solid')
    await page.keyboard.press('Space')
    await page.keyboard.press('Enter')
    expect((await shownIn(page))[0]).toBe('bank.example')
  })

  test('a destination leads to its override, and a link to a hidden one shows it', async () => {
    const { page } = await open(team)
    await page.getByRole('link', { name: 'bank.example', exact: true }).click()
    expect(await page.locator('article:target h3').textContent()).toBe('bank.example')
    await page.getByLabel('Search').fill('hospital')
    expect(await page.locator('article:target').isVisible()).toBe(false)
    await page.goBack()
    await page.goForward()
    await page.locator('article:target').waitFor({ state: 'visible' })
    expect((await shownIn(page)).length).toBe(7)
  })

  test('its policy forbids what the page does not need', async () => {
    const { page, complaints } = await open(team)
    const asked: string[] = []
    await page.route('https://**', route => {
      asked.push(route.request().url())
      return route.abort()
    })
    await page.evaluate(`
      const script = document.createElement('script')
      script.textContent = 'document.title = "taken over"'
      const image = document.createElement('img')
      image.src = 'https://evil.example/pixel.png'
      image.setAttribute('onerror', 'document.title = "taken over"')
      document.body.append(script, image)
      document.body.setAttribute('style', 'display: none')`)
    const told = () => complaints.join(' ')
    for (const directive of ['script-src', 'style-src', "default-src 'none'"])
      await expect.poll(told).toContain(directive)
    expect(await page.title()).toBe('TLS policy overrides on 2026-11-22')
    expect(await page.locator('h1').isVisible()).toBe(true)
    expect(asked).toEqual([])
  })

  test('a thousand overrides are filtered and sorted without a freeze', async () => {
    const { page, complaints } = await open(manyOverrides(1000))
    const times = await page.evaluate<readonly number[]>(`(() => {
      const search = document.getElementById('words')
      const timed = act => {
        const start = performance.now()
        act()
        document.body.getBoundingClientRect()
        return performance.now() - start
      }
      const filter = text => timed(() => {
        search.value = text
        search.dispatchEvent(new Event('input'))
      })
      const sort = timed(() => document.querySelector('th.left button').click())
      return [...['r', 'team-3', 'recipient-7', 'nobody', ''].map(filter), sort]
    })()`)
    expect(times.length).toBe(6)
    // A tenth of a second is felt as at once; a busy machine is given three times as much.
    expect(Math.max(...times)).toBeLessThan(300)
    expect(complaints).toEqual([])
  })
})
