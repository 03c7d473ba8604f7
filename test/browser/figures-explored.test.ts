/** Figures as readers explore them. */
import { describe, expect, it } from 'vitest'

import { chartNames } from '#charts/drawing.tsx'

import { browsing } from '../support/browsing.ts'
import { galleryBy, live, near } from '../support/gallery.ts'
import { atOnceWith, chartScript, filesOf, weightOf } from '../support/shipped.ts'

const { gallery } = galleryBy(browsing())

describe('the island', () => {
  it.each(chartNames)('weighs at most 31.8 kB of JavaScript with %s', (chart) => {
    const files = filesOf('Islands.astro')
    const island = files.find((file) => file.startsWith('figure-island.'))!
    const weight = weightOf(atOnceWith(files[0]!, island, chartScript(island, chart)))
    expect(weight).toBeGreaterThan(20_000)
    expect(weight).toBeLessThanOrEqual(31_800)
  })

  it('weighs at most 36 kB more when it is touched: what trains', () => {
    const files = filesOf('Islands.astro')
    const [island, trainer] = ['figure-island', 'train-in-browser'].map((name) =>
      files.find((file) => file.startsWith(`${name}.`))!,
    )
    const before = atOnceWith(files[0]!, island!)
    const after = [...atOnceWith(trainer!), ...files.filter((file) => /^worker\b|\.wasm$/.test(file))]
    const weight = weightOf(after.filter((file) => !before.includes(file)))
    expect(weight).toBeGreaterThan(20_000)
    expect(weight).toBeLessThanOrEqual(36_000)
  })

  it('answers a switch from the browser, whatever the Worker does, and with the built fingerprints', async () => {
    const page = await gallery({}, (opened) => opened.route(/\/api\//, (route) => route.abort()))
    const figure = await near(page, 'panels')
    await figure.getByLabel('metric').selectOption('loss')
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    await expect
      .poll(() => figure.locator('.figure-badge').innerText())
      .toBe('trained in your browser, all fingerprints equal to the built ones')
    expect(await figure.locator('.figure-failed').count()).toBe(0)
  }, 60_000)

  it('leads from the cells of a map to their experiments, and shows another number of them', async () => {
    const page = await gallery({})
    const figure = await live(page, 'map')
    await figure.getByRole('combobox', { name: 'value' }).selectOption('testAccuracy')
    await figure.getByText(/^Test accuracy: lowest with/).waitFor()
    await page.waitForURL((url) => url.search === '?map=testAccuracy')
    const slider = figure.getByRole('slider')
    await slider.press('Home')
    expect(await slider.getAttribute('aria-valuetext')).toBe('batch size 1, learning rate 0.1: all 5 runs diverged')
    // Keys find the same links in the table.
    const cell = figure.locator('svg a').nth(4)
    expect(await cell.getAttribute('tabindex')).toBe('-1')
    expect(await cell.getAttribute('aria-label')).toMatch(/^batch size 1, learning rate 0.01: test accuracy 0\.\d{3}/)
    await cell.click()
    await page.waitForURL('**/playground?batchSize=1&seeds=5')
  }, 60_000)

  it('asks for nothing before the reader explores; then reads values by keyboard, and says that the fingerprint is equal', async () => {
    const asked: string[] = []
    const page = await gallery({}, async (opened) => opened.on('request', (request) => asked.push(request.url())))
    await near(page, 'one-run')
    expect(asked.filter((url) => /\/(api|charts)\//.test(url))).toEqual([])
    const figure = await live(page, 'one-run')
    await expect.poll(() => asked.filter((url) => url.includes('/api/experiments?')).length).toBe(1)
    const slider = figure.getByRole('slider')
    await slider.press('End')
    expect(await slider.getAttribute('aria-valuetext')).toMatch(/^epoch 200: train 0\.\d{3}, test 0\.\d{3}$/)
    await slider.press('ArrowLeft')
    expect(await figure.locator('.figure-line').innerText()).toMatch(/^epoch 199: /)
    await slider.press('Escape')
    expect(await figure.locator('.figure-live .cursor').count()).toBe(0)
    await expect.poll(() => figure.locator('.figure-badge').innerText()).toMatch(/^edge, .*fingerprint equal/)
  }, 60_000)

  it('moves one cursor through all panels by pointer and by touch; nothing else moves or is drawn anew', async () => {
    const page = await gallery({ hasTouch: true }, (opened) =>
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
    const changed = await figure.evaluate(async (element) => {
      const slider = element.querySelector<HTMLInputElement>('input[type=range]')!
      const places: string[] = []
      const observer = new MutationObserver((records) => {
        for (const { target } of records) {
          const place = target instanceof Element ? target : target.parentElement!
          places.push(place.closest('.chart-over') ? 'cursor' : place.closest('.figure-live') ? 'curves' : 'words')
        }
      })
      observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true })
      for (let stop = 10; stop < 150; stop += 10) {
        slider.value = String(stop)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        await new Promise(requestAnimationFrame)
        await new Promise((resolve) => setTimeout(resolve))
      }
      return Object.fromEntries(
        Object.entries(Object.groupBy(places, (place) => place)).map(([at, all]) => [at, all!.length]),
      )
    })
    expect(Object.keys(changed).toSorted()).toEqual(['cursor', 'words'])
    // Eight panels, each with a line, two dots and two values, twice where the last quarter is enlarged; fourteen moves.
    expect(changed['cursor']! / 14).toBeLessThan(150)
    expect(changed['words']! / 14).toBeLessThan(10)
  }, 60_000)

  it('switches axis, metric and runs, and keeps them in the address, so that a link and a reload show the same', async () => {
    const page = await gallery({}, (opened) =>
      opened.addInitScript(() => {
        let frames = 0
        let changed: number | undefined
        const count = () => {
          frames++
          requestAnimationFrame(count)
        }
        requestAnimationFrame(count)
        addEventListener('change', () => (changed ??= frames), true)
        const replace = history.replaceState.bind(history)
        history.replaceState = (...given) => {
          if (changed !== undefined) document.documentElement.dataset['frames'] ??= String(frames - changed)
          replace(...given)
        }
      }),
    )
    const figure = await near(page, 'many-seeds')
    await figure.getByLabel('metric').selectOption('loss')
    await figure.getByLabel('axis').selectOption('updates')
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
    await page.waitForURL((url) => url.search === '?many-seeds=loss,updates')
    // A frame comes first, with the picture where that is there, then the address.
    expect(Number(await page.locator('html').getAttribute('data-frames'))).toBeGreaterThan(0)
    const texts = figure.locator('.figure-live')
    expect(await texts.textContent()).toContain('loss (log scale)')
    expect(await texts.textContent()).toContain('updates')
    // The first run comes first, then all of them.
    await expect.poll(() => figure.locator('.seeds').count()).toBe(1)
    await figure.getByLabel('runs').selectOption('first')
    await expect.poll(() => figure.locator('.seeds').count()).toBe(0)
    await figure.getByLabel('runs').selectOption('all')
    await page.reload()
    const again = await near(page, 'many-seeds')
    await again.locator('.figure-live').waitFor({ timeout: 20_000 })
    expect(await again.getByLabel('metric').inputValue()).toBe('loss')
    expect(await again.locator('.figure-live').textContent()).toContain('loss (log scale)')
    expect(await again.getByRole('link', { name: 'SVG', includeHidden: true }).getAttribute('href')).toMatch(
      /metric=loss&axis=updates/,
    )
  }, 60_000)

  it('says that a link is copied, in a place that was there before its words', async () => {
    const page = await gallery({ permissions: ['clipboard-read', 'clipboard-write'] })
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
  }, 60_000)

  it('has every switch in reach of the Tab key, and starts when one is reached', async () => {
    const page = await gallery({}, (opened) => opened.route(/island\..*\.js/, () => undefined))
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
  }, 60_000)
})
