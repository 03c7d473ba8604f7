import { globSync } from 'node:fs'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'

const served = inject('served')
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, 90_000)
afterAll(async () => {
  await browser.close()
})

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1440, height: 900 } }

/** Opens a page without JavaScript; anything that the browser complains about fails the test. */
async function open(
  path: string,
  viewport: { width: number; height: number },
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({ viewport, javaScriptEnabled: false })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => complaints.push(message.text()))
  // Scripts that a page preloads are not fetched.
  page.on('requestfailed', (request) => request.resourceType() !== 'script' && complaints.push(request.url()))
  page.on(
    'response',
    (response) => response.status() >= 400 && complaints.push(`${response.status()} ${response.url()}`),
  )
  await page.goto(served + path)
  return { page, complaints }
}

/** What a chapter cuts off, as it paints nothing outside its room: what reaches out, or whose outline would, focused. */
function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const outline = 5
    return Array.from(document.querySelectorAll('.chapter, .thesis'))
      .filter((chapter) => getComputedStyle(chapter).contain.includes('paint'))
      .flatMap((chapter) => {
        const room = chapter.getBoundingClientRect()
        return Array.from(chapter.querySelectorAll('figure, img, p, pre, table, a, button, input, select, summary'))
          .filter((one) => one.checkVisibility() && !one.closest('.scroll, .figure-table') && one.clientWidth !== 1)
          .filter((one) => {
            const { left, right, top, bottom } = one.getBoundingClientRect()
            const isWithin = left - outline >= room.left && right + outline <= room.right
            return !isWithin || top < room.top || bottom > room.bottom
          })
          .map((one) => one.outerHTML.slice(0, 200))
      })
  })
}

describe.each(Object.entries(sizes))('on a %s, without JavaScript', (_, size) => {
  it('the home page answers a choice of batch size, and shows every figure as the reader comes to it', async () => {
    const { page, complaints } = await open('/', size)
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('batch size')
    const shown = page.locator('.thesis [data-state]:visible')
    expect(await shown.getAttribute('data-state')).toBe('4')
    await page.locator('.thesis').getByRole('radio', { name: '256' }).check()
    expect(await shown.getAttribute('data-state')).toBe('256')
    expect(await shown.getByRole('img').getAttribute('aria-label')).toContain('batch size 256')
    const figures = page.locator('figure[data-given]')
    expect(await figures.count()).toBeGreaterThan(8)
    for (const figure of await figures.all()) {
      const picture = figure.locator('img:visible')
      await picture.scrollIntoViewIfNeeded()
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0)
      const box = (await picture.boundingBox())!
      expect(box.width).toBeGreaterThan(size.width * 0.4)
      expect(box.x + box.width).toBeLessThanOrEqual(size.width)
      expect(await picture.getAttribute('alt')).toMatch(/\w+ \w+/)
    }
    expect(await page.locator('.chapter').count()).toBe(globSync('site/src/content/tutorial/*.mdx').length)
    expect(await cutOff(page)).toEqual([])
    // The styles of all charts, for all figures.
    expect(await page.locator('link[href="/charts.css"]').count()).toBe(1)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('the playground’s form leads to a permalink with that experiment', async () => {
    const { page, complaints } = await open('/playground?seeds=3', size)
    await page.locator('.settings').getByLabel('batch size', { exact: true }).fill('64')
    await page.locator('.settings').getByLabel('epochs', { exact: true }).fill('40')
    await page.getByText('Data', { exact: true }).click()
    await page.locator('.settings').getByRole('radio', { name: 'moons' }).check()
    await page.getByRole('button', { name: 'Train' }).click()
    await page.waitForURL((url) => url.search === '?batchSize=64&dataset=moons&epochs=40&seeds=3')
    expect(await page.locator('.settings').getByLabel('batch size', { exact: true }).inputValue()).toBe('64')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toMatch(/^Dataset moons, batch size 64/)
    expect(await page.getByRole('img', { name: /batch size 64/ }).count()).toBe(2)
    expect(await page.locator('.key-number').first().innerText()).toMatch(/^0\.\d{3} ± 0\.\d{3}$/)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 30_000)

  it('nonsense in the form is answered in words, beside what was typed, and all else is kept', async () => {
    const { page } = await open('/playground?dataset=moons&momentum=0&seeds=30&batchSize=4', size)
    await page.locator('.settings').getByLabel('batch size', { exact: true }).fill('0,5')
    await page.getByRole('button', { name: 'Train' }).click()
    const field = page.locator('.settings').getByLabel('batch size', { exact: true })
    expect(await field.inputValue()).toBe('0,5')
    // A browser gives the focus when it first draws the page, which can be later than the page's end.
    await page.locator('.settings input:focus').waitFor()
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true)
    const described = await field.getAttribute('aria-describedby')
    expect(await page.locator(`#${described!.split(' ').at(-1)}`).innerText()).toBe(
      '“0,5” cannot be used. Allowed: a whole number from 1 to 500, or full.',
    )
    await field.fill('8')
    await page.getByRole('button', { name: 'Train' }).click()
    await page.waitForURL((url) => url.search === '?batchSize=8&dataset=moons&momentum=0&seeds=30')
    await page.context().close()
  }, 30_000)
})

describe('the playground', () => {
  it('stands on one screen of 1280 × 800: settings, curves, boundary and numbers', async () => {
    const { page } = await open('/playground?batchSize=4&seeds=30', { width: 1280, height: 800 })
    for (const part of ['.instrument-curves', '.instrument-boundary', '.key-numbers', '.settings-end button']) {
      const box = (await page.locator(part).boundingBox())!
      expect([part, box.y + box.height <= 800]).toEqual([part, true])
    }
    const [settings, curves, boundary] = await Promise.all(
      ['.settings', '.instrument-curves', '.instrument-boundary'].map((part) => page.locator(part).boundingBox()),
    )
    expect(settings!.x + settings!.width).toBeLessThanOrEqual(curves!.x)
    expect(curves!.x + curves!.width).toBeLessThanOrEqual(boundary!.x)
    expect(curves!.width).toBeGreaterThan(boundary!.width)
    await page.context().close()
  }, 30_000)

  it('on a phone has the picture and the numbers before the settings', async () => {
    const { page } = await open('/playground?seeds=10', { width: 390, height: 844 })
    const tops = await Promise.all(
      ['h1', '.instrument-curves', '.key-numbers', '.settings-step'].map(
        async (part) => (await page.locator(part).boundingBox())!.y,
      ),
    )
    expect(tops).toEqual(tops.toSorted((a, b) => a - b))
    expect(tops[2]).toBeLessThan(600)
    await page.context().close()
  }, 30_000)

  it.each([320, 390, 768, 1024, 1280, 1440])(
    'at %i px has legible pictures and is no wider',
    async (width) => {
      const { page } = await open('/playground?classes=10&seeds=3', { width, height: 800 })
      const letters = await page.evaluate(() =>
        Array.from(document.querySelectorAll<SVGSVGElement>('.instrument svg'))
          .filter((svg) => svg.checkVisibility() && svg.querySelector('text'))
          .map((svg) => {
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
            return scale * parseFloat(getComputedStyle(svg.querySelector('text')!).fontSize)
          }),
      )
      expect(letters).toHaveLength(2)
      expect(Math.min(...letters)).toBeGreaterThanOrEqual(12)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.context().close()
    },
    30_000,
  )
})

describe('the bare figure', () => {
  it.each([
    [280, 200],
    [320, 240],
    [400, 300],
    [300, 600],
    [560, 315],
    [640, 420],
    [800, 200],
    [1200, 800],
  ])(
    'fits a frame of %i × %i pixels, and can be read in it',
    async (width, height) => {
      for (const query of ['batchSize=4&seeds=30', 'batchSize=1&learningRate=0.1&epochs=1']) {
        const { page, complaints } = await open(`/embed?${query}`, { width, height })
        const { overflow, letters } = await page.evaluate(() => {
          const { scrollWidth, scrollHeight } = document.documentElement
          const shown = Array.from(document.querySelectorAll<SVGSVGElement>('svg')).filter((svg) =>
            svg.checkVisibility(),
          )
          return {
            overflow: [scrollWidth - innerWidth, scrollHeight - innerHeight],
            letters: shown.map((svg) => {
              const { width: across, height: up } = svg.getBoundingClientRect()
              const { width: drawnAcross, height: drawnUp } = svg.viewBox.baseVal
              const scale = Math.min(across / drawnAcross, up / drawnUp)
              return scale * parseFloat(getComputedStyle(svg.querySelector('text')!).fontSize)
            }),
          }
        })
        expect(overflow).toEqual([0, 0])
        expect(letters).toHaveLength(1)
        expect(letters[0]).toBeGreaterThanOrEqual(12)
        expect(await page.getByRole('link', { name: 'Run it yourself' }).isVisible()).toBe(true)
        expect(complaints).toEqual([])
        await page.context().close()
      }
    },
    60_000,
  )
})

describe('with JavaScript', () => {
  it('what answers a question shows when the reader has guessed, with the guess beside it', async () => {
    const page = await (await browser.newContext({ viewport: sizes.phone })).newPage()
    await page.goto(served)
    const result = page.locator('[data-answer=sizes]')
    // The figure itself waits for nobody.
    expect(await page.locator('#eight-batch-sizes').isVisible()).toBe(true)
    const panels = result.locator('.answer')
    // It has its room, but cannot be made out.
    expect(await panels.isVisible()).toBe(true)
    const blur = () => panels.evaluate((figure) => getComputedStyle(figure).filter)
    expect(await blur()).toMatch(/^blur/)
    const question = page.locator('[data-predict]', { has: page.getByRole('radio', { name: '450' }) })
    const verdict = question.getByRole('status')
    expect(await verdict.innerText()).toBe('')
    await question.getByRole('radio', { name: '450' }).check()
    expect(await verdict.innerText()).toBe('You said: 450. It is: 256.')
    expect(await blur()).toBe('none')
    expect(await result.getByRole('button', { name: 'Show what happens' }).isVisible()).toBe(false)
    const [said, shown] = [(await verdict.boundingBox())!, (await panels.boundingBox())!]
    expect(shown.y - said.y - said.height).toBeLessThan(150)
    // The other question shows its answer to those who ask, and to those who have passed it.
    const other = page.locator('[data-answer=stochastic]')
    expect(await other.getAttribute('data-veiled')).toBe('')
    await other.getByRole('button', { name: 'Show what happens' }).click()
    expect(await other.getAttribute('data-veiled')).toBe(null)
    await page.reload()
    expect(await other.getAttribute('data-veiled')).toBe('')
    await page.evaluate(() => document.getElementById('mini-batch-gradient-descent')!.scrollIntoView())
    await expect.poll(() => other.getAttribute('data-veiled')).toBe(null)
    await page.context().close()
  }, 30_000)

  it('the choice of the first screen stands in the address, survives a reload, and is told', async () => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await page.goto(served)
    const told = page.locator('.thesis [role=status]')
    expect(await told.textContent()).toBe('')
    await page.locator('.thesis').getByRole('radio', { name: '256' }).check()
    // What tells comes when the controls are touched.
    await expect.poll(() => told.textContent()).toMatch(/A slow climb.*epochs to 0.80.*instability/)
    expect(new URL(page.url()).search).toBe('?batchSize=256')
    await page.reload()
    expect(await page.locator('.thesis').getByRole('radio', { name: '256' }).isChecked()).toBe(true)
    await page.context().close()
  }, 30_000)

  it('the first screen of a phone holds the choice, the curves and the three numbers', async () => {
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage()
    await page.goto(served)
    const numbers = (await page.locator('.thesis dl:visible').boundingBox())!
    expect(numbers.y + numbers.height).toBeLessThanOrEqual(844)
    await page.context().close()
  }, 30_000)
})
