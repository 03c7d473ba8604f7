/** Figures as readers meet them: with and without JavaScript, on every screen, with the Worker there, slow or gone. */

import axe from 'axe-core'
import type { Browser, BrowserContextOptions, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'

import { launchChromium } from '../support/chromium.ts'
import { filesOf, weightOf } from '../support/shipped.ts'

const served = inject('served')
let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
}, 90_000)
afterAll(async () => {
  await browser.close()
})

/** The gallery, where every chart is. */
async function open(options: BrowserContextOptions, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
  const page = await context.newPage()
  await prepare?.(page)
  await page.goto(`${served}/figures`)
  return page
}

/** A figure with its island started. */
async function near(page: Page, id: string) {
  const figure = page.locator(`#${id}`)
  await figure.locator('.figure-picture').scrollIntoViewIfNeeded()
  await figure.locator('.figure-menu button:enabled').first().waitFor({ state: 'attached' })
  return figure
}

/** A figure whose picture is live, with all its runs. */
async function live(page: Page, id: string) {
  const figure = await near(page, id)
  await figure.getByRole('slider').focus()
  await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
  const badge = figure.locator('.figure-badge')
  await expect.poll(() => badge.innerText(), { timeout: 20_000 }).not.toMatch(/^(training|built with)/)
  return figure
}

/** A page in a browser that cannot train: the Worker alone answers. */
function openStill(options: BrowserContextOptions, prepare?: (page: Page) => Promise<unknown>): Promise<Page> {
  return open(options, async (page) => {
    await page.addInitScript('WebAssembly.validate = () => false')
    await prepare?.(page)
  })
}

/** What axe objects to. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    const { axe: runner } = globalThis as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    const { violations } = await runner.run()
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  })
}

const viewports = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
]
const schemes = ['light', 'dark'] as const

describe.each(viewports)('at $width px', (viewport) => {
  it('every figure stands without JavaScript: picture, caption, takeaway and table', async () => {
    const page = await open({ viewport, javaScriptEnabled: false })
    const figures = await page.locator('figure[data-given]').all()
    expect(figures.length).toBeGreaterThan(9)
    for (const figure of figures) {
      expect(await figure.locator('svg:visible').count()).toBe(1)
      expect(await figure.locator('figcaption').innerText()).not.toBe('')
      expect(await figure.locator('.figure-takeaway').innerText()).toMatch(/\w+.*\./)
      expect(await figure.getByRole('slider').isVisible()).toBe(false)
    }
    expect(await page.locator('.figure-numbers').count()).toBeGreaterThan(8)
    await page.context().close()
  }, 60_000)

  it('text in pictures has at least 12 px as displayed, and nothing is wider than the screen', async () => {
    const page = await open({ viewport })
    const sizes = await page.evaluate(() =>
      Array.from(document.querySelectorAll<SVGSVGElement>('.figure svg'))
        .filter((svg) => svg.checkVisibility())
        .map((svg) => {
          const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
          return scale * parseFloat(getComputedStyle(svg.querySelector('text')!).fontSize)
        }),
    )
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(viewport.width)
    await page.context().close()
  }, 60_000)

  it.each(schemes)(
    'axe finds nothing in %s, with the pictures as built and live',
    async (colorScheme) => {
      const page = await open({ viewport, colorScheme })
      for (const id of ['one-run', 'panels', 'dataset', 'sweep-two', 'map']) await live(page, id)
      expect(await objections(page)).toEqual([])
      await page.context().close()
    },
    60_000,
  )
})

describe('the island', () => {
  it('weighs at most 42 kB of JavaScript, and what trains when it is touched at most 35 kB more', () => {
    const files = filesOf('Figure.astro')
    expect(files.some((name) => name.startsWith('island.'))).toBe(true)
    const onTouch = /^(here|trainer|live|summary|worker)\b|\.wasm$/
    expect(weightOf(files.filter((name) => !onTouch.test(name)))).toBeLessThanOrEqual(42_000)
    expect(weightOf(files.filter((name) => onTouch.test(name)))).toBeLessThanOrEqual(35_000)
  })

  it('answers a switch from the browser, whatever the Worker does, and with the built fingerprints', async () => {
    const page = await open({}, (opened) => opened.route(/\/api\//, (route) => route.abort()))
    const figure = await near(page, 'panels')
    await figure.getByLabel('metric').selectOption('loss')
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    await expect
      .poll(() => figure.locator('.figure-badge').innerText(), { timeout: 20_000 })
      .toBe('trained in your browser, all fingerprints equal to the built ones')
    expect(await figure.locator('.figure-failed').count()).toBe(0)
    await page.context().close()
  }, 60_000)

  it('asks for nothing before the reader explores', async () => {
    const asked: string[] = []
    const page = await open({}, async (opened) => opened.on('request', (request) => asked.push(request.url())))
    await near(page, 'one-run')
    expect(asked.filter((url) => /\/(api|charts)\//.test(url))).toEqual([])
    await live(page, 'one-run')
    await expect.poll(() => asked.filter((url) => url.includes('/api/experiments?')).length).toBe(1)
    await page.context().close()
  }, 60_000)

  it('leads from the cells of a map to their experiments, and shows another number of them', async () => {
    const page = await open({})
    const figure = await live(page, 'map')
    await figure.getByRole('combobox', { name: 'value' }).selectOption('testAccuracy')
    await figure.getByText(/^Test accuracy: lowest with/).waitFor()
    expect(new URL(page.url()).search).toBe('?map=testAccuracy')
    const slider = figure.getByRole('slider')
    await slider.press('Home')
    expect(await slider.getAttribute('aria-valuetext')).toBe('batch size 1, learning rate 0.1: all 5 runs diverged')
    // Keys find the same links in the table.
    const cell = figure.locator('svg a').nth(4)
    expect(await cell.getAttribute('tabindex')).toBe('-1')
    expect(await cell.getAttribute('aria-label')).toMatch(/^batch size 1, learning rate 0.01: test accuracy 0\.\d{3}/)
    await cell.click()
    await page.waitForURL('**/playground?batchSize=1&seeds=5')
    await page.context().close()
  }, 60_000)

  it('reads values by keyboard, and says that the fingerprint is equal', async () => {
    const page = await open({})
    const figure = await live(page, 'one-run')
    const slider = figure.getByRole('slider')
    await slider.press('End')
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^epoch 200: train 0\.\d{3}, test 0\.\d{3}$/)
    await slider.press('ArrowLeft')
    expect(await figure.locator('.figure-line').innerText()).toMatch(/^epoch 199: /)
    await slider.press('Escape')
    expect(await figure.locator('.figure-live .cursor').count()).toBe(0)
    await expect.poll(() => figure.locator('.figure-badge').innerText()).toMatch(/^edge, .*fingerprint equal/)
    await page.context().close()
  }, 60_000)

  it('moves one cursor through all panels by pointer and by touch, and nothing else moves', async () => {
    const page = await open({ hasTouch: true }, (opened) =>
      opened.addInitScript(() => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries())
            document.documentElement.dataset['shift'] = String(
              Number(document.documentElement.dataset['shift'] ?? 0) + (entry as unknown as { value: number }).value,
            )
        }).observe({ type: 'layout-shift', buffered: true })
      }),
    )
    const figure = await live(page, 'panels')
    const box = (await figure.locator('.figure-picture').boundingBox())!
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.4)
    // One through each of eight panels, and through its last quarter where the pointer is in it.
    expect([8, 16]).toContain(await figure.locator('.figure-live .cursor').count())
    const before = await figure.locator('.figure-line').innerText()
    await page.touchscreen.tap(box.x + box.width * 0.9, box.y + box.height * 0.4)
    await expect.poll(() => figure.locator('.figure-line').innerText()).not.toBe(before)
    expect(Number(await page.evaluate(() => document.documentElement.dataset['shift'] ?? '0'))).toBeLessThan(0.02)
    await page.context().close()
  }, 60_000)

  it('switches axis, metric and runs', async () => {
    const page = await open({})
    const figure = await near(page, 'many-seeds')
    await figure.getByLabel('metric').selectOption('loss')
    await figure.getByLabel('axis').selectOption('updates')
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    const texts = figure.locator('.figure-live')
    expect(await texts.textContent()).toContain('loss (log scale)')
    expect(await texts.textContent()).toContain('updates')
    // The first run comes first, then all of them.
    await expect.poll(() => figure.locator('.seeds').count(), { timeout: 20_000 }).toBe(1)
    await figure.getByLabel('runs').selectOption('first')
    await expect.poll(() => figure.locator('.seeds').count()).toBe(0)
    await page.context().close()
  }, 60_000)

  it('keeps its view in the address, so that a link and a reload show the same', async () => {
    const page = await open({})
    const figure = await near(page, 'many-seeds')
    await figure.getByLabel('metric').selectOption('loss')
    await figure.getByLabel('axis').selectOption('updates')
    expect(new URL(page.url()).search).toBe('?many-seeds=loss,updates')
    await page.reload()
    const again = await near(page, 'many-seeds')
    await again.locator('.figure-live').waitFor({ timeout: 20_000 })
    expect(await again.getByLabel('metric').inputValue()).toBe('loss')
    expect(await again.locator('.figure-live').textContent()).toContain('loss (log scale)')
    expect(await again.getByRole('link', { name: 'SVG', includeHidden: true }).getAttribute('href')).toMatch(
      /metric=loss&axis=updates/,
    )
    await page.context().close()
  }, 60_000)

  it('says that a link is copied, in a place that was there before its words', async () => {
    const page = await open({ permissions: ['clipboard-read', 'clipboard-write'] })
    const figure = await near(page, 'one-run')
    const said = figure.locator('.figure-line').getByRole('status')
    expect(await said.count()).toBe(1)
    await figure.getByLabel('metric').selectOption('loss')
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    await figure.locator('.figure-menu summary').click()
    await figure.getByRole('button', { name: 'copy the link' }).click()
    await expect.poll(() => said.innerText()).toBe('The link is copied.')
    const copied = new URL(await page.evaluate(() => navigator.clipboard.readText()))
    expect([copied.pathname, copied.searchParams.get('metric')]).toEqual(['/playground', 'loss'])
    expect(copied.searchParams.get('expect')).toMatch(/^[0-9a-f]{16}$/)
    await page.context().close()
  }, 60_000)

  it('has every switch in reach of the Tab key, and starts when one is reached', async () => {
    const page = await open({}, (opened) => opened.route(/island\..*\.js/, () => undefined))
    const reachable = await page.evaluate(() =>
      Array.from(document.querySelectorAll('figure[data-given]')).every((figure) =>
        Array.from(figure.querySelectorAll<HTMLInputElement>('.figure-bar :is(input, select)')).every(
          ({ disabled }) => !disabled,
        ),
      ),
    )
    expect(reachable).toBe(true)
    await page.unrouteAll()
    await page.reload()
    const last = page.locator('figure[data-given]').last()
    // Without being near: by keys alone.
    await last.getByRole('slider').evaluate((slider) => slider.focus({ preventScroll: true }))
    await last.locator('.figure-live').waitFor({ timeout: 20_000 })
    await page.context().close()
  }, 60_000)

  it('redraws eight panels with 30 seeds each within 16 ms', async () => {
    const page = await open({})
    const figure = await live(page, 'panels-seeds')
    await figure.scrollIntoViewIfNeeded()
    const times = await figure.evaluate(async (element) => {
      const select = element.querySelectorAll('select')[1]!
      const slider = element.querySelector<HTMLInputElement>('input[type=range]')!
      const taken: { cursor: number[]; axis: number[]; script: number[] } = { cursor: [], axis: [], script: [] }
      const flushed = () => new Promise((resolve) => setTimeout(resolve, 0))
      for (let turn = 0; turn < 12; turn++) {
        await new Promise((resolve) => setTimeout(resolve, 50))
        let start = performance.now()
        slider.value = String(10 + turn * 10)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        await flushed()
        taken.cursor.push(performance.now() - start)
        await new Promise((resolve) => setTimeout(resolve, 50))
        start = performance.now()
        select.value = turn % 2 ? 'epochs' : 'updates'
        select.dispatchEvent(new Event('change', { bubbles: true }))
        await Promise.resolve()
        await Promise.resolve()
        taken.script.push(performance.now() - start)
        await flushed()
        taken.axis.push(performance.now() - start)
      }
      return taken
    })
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!
    console.log(
      `redraw: cursor ${median(times.cursor).toFixed(1)} ms, axis ${median(times.axis).toFixed(1)} ms, of it script ${median(times.script).toFixed(1)} ms`,
    )
    expect(median(times.cursor)).toBeLessThan(16)
    // Everything anew, where the machine had nothing else to do.
    expect(Math.min(...times.script)).toBeLessThan(16)
    await page.context().close()
  }, 60_000)
})

/** Every visible text of a figure's picture: what it says, where it stands, and how large it is. */
function textsOf(page: Page, id: string): Promise<string[]> {
  return page.locator(`#${id} .figure-picture`).evaluate((picture) => {
    const { left, top } = picture.getBoundingClientRect()
    return Array.from(picture.querySelectorAll('text'))
      .filter((text) => text.checkVisibility())
      .map((text) => {
        const box = text.getBoundingClientRect()
        return [text.textContent, ...[box.x - left, box.y - top, box.height].map(Math.round)].join(' ')
      })
  })
}

describe.each([320, 390, 520, 768, 1280, 1440])('on a screen of %i px', (width) => {
  it('nothing of a picture moves when it comes alive', async () => {
    const page = await open({ viewport: { width, height: 900 } })
    for (const id of ['one-run', 'panels']) {
      const figure = await near(page, id)
      const built = await textsOf(page, id)
      expect(built.length).toBeGreaterThan(10)
      await figure.getByRole('slider').focus()
      await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
      await figure.getByRole('slider').press('Escape')
      expect(await textsOf(page, id)).toEqual(built)
    }
    await page.context().close()
  }, 60_000)

  it('text in the pictures of every page has at least 11 px, and is not cut off', async () => {
    const page = await open({ viewport: { width, height: 900 } })
    for (const path of ['/figures', '/playground?batchSize=4&seeds=3', '/embed?batchSize=4']) {
      await page.goto(served + path)
      const texts = await page.evaluate(() =>
        Array.from(document.querySelectorAll<SVGSVGElement>('svg.chart'))
          .filter((svg) => svg.checkVisibility())
          .flatMap((svg) => {
            const sheet = svg.getBoundingClientRect()
            const scale = sheet.width / svg.viewBox.baseVal.width
            return Array.from(svg.querySelectorAll('text'), (text) => {
              const box = text.getBoundingClientRect()
              return {
                text: text.textContent,
                size: scale * parseFloat(getComputedStyle(text).fontSize),
                isIn: box.left >= sheet.left - 1 && box.right <= sheet.right + 1 && box.bottom <= sheet.bottom + 1,
              }
            })
          }),
      )
      expect([path, texts.length > 10]).toEqual([path, true])
      expect([path, texts.filter(({ size, isIn }) => size < 11 || !isIn)]).toEqual([path, []])
    }
    await page.context().close()
  }, 60_000)
})

describe('a phone that is four times as slow', () => {
  it('moves the cursor through eight panels within 100 ms a key', async () => {
    // Without a trainer in the page, whose results come in meanwhile and are drawn, too.
    const page = await openStill({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 3 })
    const slider = (await live(page, 'panels')).getByRole('slider')
    const devtools = await page.context().newCDPSession(page)
    // The time of the page's own thread: how busy the machine is besides does not count.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const spent = async () => {
      const { metrics } = await devtools.send('Performance.getMetrics')
      return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? NaN)
    }
    const frames = () =>
      page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
    const taken: number[] = []
    for (let press = 0; press < 15; press++) {
      const before = await spent()
      await slider.press('ArrowRight')
      await frames()
      taken.push((await spent()) - before)
    }
    const median = taken.toSorted((a, b) => a - b)[7]!
    console.log(`cursor of eight panels, four times as slow: ${median.toFixed(1)} ms a key`)
    expect(median).toBeLessThan(100)
    await page.context().close()
  }, 60_000)
})

describe('the Worker', () => {
  const api = /\/api\/experiments\?/
  const changed =
    (change: (result: { fingerprint: string; engine: { version: string } }) => void) => async (route: Route) => {
      const response = await route.fetch()
      const result = (await response.json()) as { fingerprint: string; engine: { version: string } }
      change(result)
      await route.fulfill({ response, json: result })
    }

  it('gives other numbers, or has another engine: the badge says so', async () => {
    const page = await openStill({}, (opened) =>
      opened.route(
        api,
        changed((result) => (result.fingerprint = 'f'.repeat(64))),
      ),
    )
    expect(await (await live(page, 'one-run')).locator('.figure-badge').innerText()).toContain('fingerprint differs')
    await page.unrouteAll()
    await page.route(
      api,
      changed((result) => (result.engine.version = 'fused-2')),
    )
    expect(await (await live(page, 'loss')).locator('.figure-badge').innerText()).toContain('another engine version')
    await page.context().close()
  }, 60_000)

  it('is slow: the figure shows how far it is', async () => {
    const page = await openStill({}, async (opened) => {
      await opened.route(api, async (route) => {
        await new Promise((resolve) => setTimeout(resolve, 2500))
        await route.continue()
      })
      await opened.route(/\/api\/experiments\/stream/, (route) =>
        route.fulfill({
          contentType: 'text/event-stream',
          body: 'event: progress\ndata: {"run":12,"seed":13,"epoch":40,"metrics":null}\n\n',
        }),
      )
    })
    const figure = await near(page, 'many-seeds')
    await figure.getByRole('slider').focus()
    await expect
      .poll(() => figure.locator('.figure-line').getByRole('status').innerText())
      .toContain('run 13 of 30, epoch 40')
    expect(await figure.getByRole('progressbar').getAttribute('value')).toBe('0.4')
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    await page.context().close()
  }, 60_000)

  it('fails: the figure says why, keeps its picture, and can try again', async () => {
    const page = await openStill({}, (opened) =>
      opened.route(api, (route) =>
        route.fulfill({
          status: 503,
          contentType: 'application/problem+json',
          json: { title: 'Too many trainings at once', detail: 'Try again in 2 seconds.' },
        }),
      ),
    )
    const figure = await near(page, 'one-run')
    await figure.getByRole('slider').focus()
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toContain('Too many trainings at once')
    expect(await figure.locator('svg:visible').count()).toBe(1)
    await page.unrouteAll()
    await figure.getByRole('button', { name: 'Try again' }).click()
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    await page.context().close()
  }, 60_000)

  it('is busy: the figure says so, and asks again by itself', async () => {
    let refusals = 2
    const page = await openStill({}, (opened) =>
      opened.route(api, (route) =>
        refusals-- > 0
          ? route.fulfill({ status: 503, headers: { 'Retry-After': '1' }, json: { title: 'Busy', detail: '' } })
          : route.continue(),
      ),
    )
    const figure = await near(page, 'one-run')
    await figure.getByRole('slider').focus()
    await expect
      .poll(() => figure.locator('.figure-line').getByRole('status').innerText())
      .toContain('the server is busy, asking again in 1 s')
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    expect(refusals).toBeLessThan(0)
    await page.context().close()
  }, 60_000)

  it('fails in one of eight experiments: the figure stays failed, asks for no more, and can try again', async () => {
    const asked: string[] = []
    const page = await openStill({}, (opened) =>
      opened.route(api, async (route) => {
        asked.push(route.request().url())
        if (asked.length === 2) return route.fulfill({ status: 500, json: { title: 'Internal error', detail: '' } })
        await new Promise((resolve) => setTimeout(resolve, 700))
        // The page may have given it up.
        return route.continue().catch(() => {})
      }),
    )
    const figure = await near(page, 'panels')
    await figure.getByRole('slider').focus()
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toContain('Internal error')
    await page.waitForTimeout(2500)
    expect(await figure.locator('.figure-failed').innerText()).toContain('Internal error')
    expect(asked).toHaveLength(3)
    await figure.getByRole('button', { name: 'Try again' }).click()
    await figure.locator('.figure-live').waitFor({ timeout: 30_000 })
    await page.context().close()
  }, 60_000)

  it('is asked by all figures of the page in one queue: whoever moves over all of them sees all of them', async () => {
    const atOnce = { now: 0, most: 0 }
    const page = await openStill({}, (opened) =>
      opened.route(/\/api\/(experiments\?|dataset|boundary)/, async (route) => {
        atOnce.most = Math.max(atOnce.most, ++atOnce.now)
        const response = await route.fetch()
        atOnce.now--
        await route.fulfill({ response })
      }),
    )
    const ids = await page.locator('figure[data-given]').evaluateAll((all) => all.map(({ id }) => id))
    expect(ids.length).toBeGreaterThan(8)
    for (const id of ids) await (await near(page, id)).getByRole('slider').focus()
    for (const id of ids) await page.locator(`#${id} .figure-live`).waitFor({ timeout: 60_000 })
    expect(await page.locator('figure[data-given] .figure-failed').allInnerTexts()).toEqual([])
    expect(atOnce.most).toBe(3)
    await page.context().close()
  }, 120_000)

  it('is gone, or the reader is offline: the picture stays, and the figure says so', async () => {
    const page = await openStill({}, (opened) => opened.route(api, (route) => route.abort()))
    const figure = await near(page, 'one-run')
    await figure.getByRole('slider').focus()
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toContain('The server does not answer')
    await page.context().setOffline(true)
    await figure.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toContain('You are offline')
    expect(await figure.locator('svg:visible').count()).toBe(1)
    await page.context().close()
  }, 60_000)
})

describe('a reader', () => {
  it('with forced colors sees every line and mark in the system’s colors', async () => {
    const page = await openStill({ forcedColors: 'active' })
    const stroke = (selector: string) =>
      page
        .locator(`#one-run svg:visible ${selector}`)
        .first()
        .evaluate((element) => getComputedStyle(element).stroke)
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await stroke('.line.test')).not.toBe(paper)
    expect(await stroke('.line.test')).not.toBe(await stroke('.line.train'))
    await page.context().close()
  }, 60_000)

  it('with 400 % zoom reads everything by scrolling in one direction', async () => {
    const page = await openStill({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 })
    await live(page, 'one-run')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await page.context().close()
  }, 60_000)

  it('with reduced motion sees nothing move by itself', async () => {
    const page = await openStill({ reducedMotion: 'reduce' })
    await live(page, 'one-run')
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
    await page.context().close()
  }, 60_000)

  it('saves the picture as PNG and follows every link of the menu', async () => {
    const page = await openStill({})
    const figure = await near(page, 'one-run')
    await figure.locator('.figure-menu summary').click()
    const download = page.waitForEvent('download')
    await figure.getByRole('button', { name: 'PNG' }).click()
    expect((await download).suggestedFilename()).toBe('one-run.png')
    const link = (name: string) => figure.getByRole('link', { name }).getAttribute('href')
    expect([await link('open in the playground'), await link('JSON'), await link('CSV'), await link('SVG')]).toEqual([
      '/playground',
      '/api/experiments',
      '/api/experiments.csv',
      '/charts/learning-curves.svg',
    ])
    await page.context().close()
  }, 60_000)
})
