/** Figures with the Worker there, slow, busy, wrong or gone. */
import type { Route } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { browsing } from '../support/browsing.ts'
import { galleryBy, live, near } from '../support/gallery.ts'

const { still } = galleryBy(browsing())

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
    const page = await still({}, (opened) =>
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
  }, 60_000)

  it('is slow: the figure shows how far it is', async () => {
    const told = Promise.withResolvers<void>()
    const watched = Promise.withResolvers<void>()
    const page = await still({}, async (opened) => {
      await opened.route(api, async (route) => {
        await told.promise
        await route.continue()
      })
      await opened.route(/\/api\/experiments\/stream/, async (route) => {
        await route.fulfill({
          contentType: 'text/event-stream',
          body: 'event: progress\ndata: {"run":12,"seed":13,"epoch":40,"metrics":null}\n\n',
        })
        watched.resolve()
      })
    })
    const figure = await near(page, 'many-seeds')
    await figure.getByRole('slider').focus()
    // The figure waits a while before it asks how far the Worker is.
    await watched.promise
    await expect
      .poll(() => figure.locator('.figure-line').getByRole('status').innerText())
      .toContain('run 13 of 30, epoch 40')
    expect(await figure.getByRole('progressbar').getAttribute('value')).toBe('0.4')
    told.resolve()
    await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
  }, 60_000)

  it('fails: the figure says why, keeps its picture, and can try again', async () => {
    const page = await still({}, (opened) =>
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
  }, 60_000)

  it('is busy: the figure says so, and asks again by itself', async () => {
    let refusals = 2
    const page = await still({}, (opened) =>
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
  }, 60_000)

  it('fails in one of eight experiments: the figure stays failed, asks for no more, and can try again', async () => {
    const asked: string[] = []
    const givenUp: string[] = []
    const told = Promise.withResolvers<void>()
    const page = await still({}, (opened) =>
      opened.route(api, async (route) => {
        asked.push(route.request().url())
        if (asked.length === 2) return route.fulfill({ status: 500, json: { title: 'Internal error', detail: '' } })
        if (asked.length < 4) await told.promise
        // The page has given some up.
        return route.continue().catch(() => {})
      }),
    )
    page.on('requestfailed', (request) => givenUp.push(request.url()))
    const figure = await near(page, 'panels')
    await figure.getByRole('slider').focus()
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toContain('Internal error')
    await expect.poll(() => givenUp.length).toBe(2)
    told.resolve()
    expect(await figure.locator('.figure-failed').innerText()).toContain('Internal error')
    expect(asked).toHaveLength(3)
    await figure.getByRole('button', { name: 'Try again' }).click()
    await figure.locator('.figure-live').waitFor({ timeout: 30_000 })
    // The eight of the second try, and nothing between.
    expect(asked).toHaveLength(3 + 8)
  }, 60_000)

  it('is asked by all figures of the page in one queue: whoever moves over all of them sees all of them', async () => {
    const atOnce = { now: 0, most: 0 }
    const page = await still({}, (opened) =>
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
  }, 120_000)

  it('is gone, or the reader is offline: the picture stays, and the figure says so', async () => {
    const page = await still({}, (opened) => opened.route(api, (route) => route.abort()))
    const figure = await near(page, 'one-run')
    await figure.getByRole('slider').focus()
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toContain('The server does not answer')
    await page.context().setOffline(true)
    await figure.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => figure.locator('.figure-failed').innerText()).toContain('You are offline')
    expect(await figure.locator('svg:visible').count()).toBe(1)
  }, 60_000)
})
