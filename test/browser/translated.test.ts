/** Pages that the browser translates: what is shown after changes is what a page shows that nobody translates. */
import type { Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'

import { open, patience, set, sharedBrowser, taken } from '../support/playground-page.ts'
import { translate, translators } from '../support/translator.ts'

const served = inject('served')
const { newPage } = sharedBrowser()
const kinds = Object.keys(translators) as (keyof typeof translators)[]

/** What stands in a part of a page, its charts included; where the numbers came from depends on who asked first. */
const textOf = (page: Page, selector: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((part) => {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
      let text = ''
      while (walker.nextNode()) text += (walker.currentNode as Text).data
      return text.replaceAll(/\s+/g, ' ').replaceAll(/trained now|from its cache|computed now|cached/g, 'there')
    })

/** Where two texts part; empty where they are equal. */
function difference(one: string, other: string): string {
  if (one === other) return ''
  const at = Array.from(one).findIndex((letter, index) => letter !== other[index])
  return [one, other].map((text) => `…${text.slice(Math.max(0, at - 30), at + 60)}…`).join(' but ')
}

/** The same done on a page that is translated first, and on one that is not: both show the same after each change. */
async function expectEqual(
  what: keyof typeof translators,
  selector: string,
  arrive: (page: Page) => Promise<void>,
  changes: readonly ((page: Page) => Promise<void>)[],
  isThere: RegExp,
): Promise<void> {
  const [translated, plain] = [await newPage(), await newPage()]
  for (const { page } of [translated, plain]) await arrive(page)
  await translate(translated.page, what)
  for (const change of changes) {
    for (const { page } of [translated, plain]) {
      await change(page)
      await expect.poll(() => textOf(page, selector), patience).toMatch(isThere)
    }
    await expect
      .poll(
        async () => difference(await textOf(translated.page, selector), await textOf(plain.page, selector)),
        patience,
      )
      .toBe('')
  }
  expect(translated.thrown).toEqual([])
  expect(await translated.page.locator(`${selector} font`).count()).toBeGreaterThan(0)
  for (const { page } of [translated, plain]) await page.context().close()
}

const isOver = /equal on the edge, bit for bit/

describe.each(kinds)('a translator that takes %s', (what) => {
  it('leaves nothing stale in the playground: settings, several runs, a pin, errors', async () => {
    await expectEqual(
      what,
      '.instrument',
      async (page) => {
        await open(page, '?batchSize=4&epochs=60')
        await taken(page)
        await expect.poll(() => textOf(page, '.instrument'), patience).toMatch(isOver)
      },
      [
        async (page) => {
          await set(page, 'batchSize', '1')
          await set(page, 'learningRate', '0.1')
          await expect.poll(() => textOf(page, '.instrument'), patience).toContain('diverge')
        },
        async (page) => {
          await set(page, 'batchSize', '8')
          await set(page, 'learningRate', '0.01')
          await set(page, 'seeds', '6')
          await expect.poll(() => textOf(page, '.instrument'), patience).toContain('of 6 runs')
        },
        async (page) => {
          await page.getByRole('link', { name: 'Compare', exact: true }).click()
          await set(page, 'batchSize', '64')
          await expect.poll(() => textOf(page, '.instrument'), patience).toContain('In 6 seeds')
        },
        async (page) => {
          await page.getByRole('link', { name: 'B alone', exact: true }).click()
          await set(page, 'momentum', 'x')
          await expect.poll(() => textOf(page, '.instrument'), patience).toContain('“x” cannot be used')
        },
        async (page) => {
          await set(page, 'momentum', '0.5')
          await expect.poll(() => textOf(page, '.instrument'), patience).not.toContain('cannot be used')
        },
      ],
      isOver,
    )
  }, 120_000)

  it('leaves nothing stale in a playground that is translated before its scripts take it over', async () => {
    let isTranslated: () => void
    const translated = new Promise<void>((resolve) => {
      isTranslated = resolve
    })
    const { page, thrown } = await newPage()
    await page.route('**/island.*.js', async (route) => {
      await translated
      await route.continue()
    })
    await open(page, '?batchSize=4&epochs=60')
    await translate(page, what)
    isTranslated!()
    await taken(page)
    await expect.poll(() => textOf(page, '.instrument'), patience).toMatch(isOver)
    await set(page, 'batchSize', '8')
    await expect.poll(() => textOf(page, '.instrument'), patience).toMatch(/Batch size 8, 60 epochs.*63 an epoch/)
    const plain = await newPage()
    await open(plain.page, '?batchSize=8&epochs=60')
    await taken(plain.page)
    for (const one of [page, plain.page]) await one.locator('#tab-numbers').click()
    for (const part of ['h1', '.bar-actions', '.badge', '.instrument-curves', '.key-numbers', '.instrument-more'])
      await expect
        .poll(async () => difference(await textOf(page, part), await textOf(plain.page, part)), patience)
        .toBe('')
    expect(thrown).toEqual([])
    for (const one of [page, plain.page]) await one.context().close()
  }, 90_000)

  it('leaves nothing stale on the first screen of the article', async () => {
    await expectEqual(
      what,
      '.thesis',
      async (page) => {
        await page.goto(`${served}/`)
        // Keys are the island's as soon as that has a trainer.
        const trainer = page.waitForEvent('worker')
        await page.getByRole('slider', { name: 'any batch size' }).focus()
        await trainer
      },
      [
        async (page) => {
          await page.getByRole('slider', { name: 'any batch size' }).press('ArrowRight')
          await expect.poll(() => textOf(page, '.thesis .told'), patience).toMatch(/^batch size 5.*100 seeds/)
        },
        async (page) => {
          await page.getByRole('slider', { name: 'learning rate', exact: true }).press('ArrowRight')
          await expect
            .poll(() => textOf(page, '.thesis .told'), patience)
            .toMatch(/^batch size 5, learning rate 0\.011.*100 seeds/)
        },
      ],
      /stand for 100 seeds/,
    )
  }, 90_000)

  it('leaves nothing stale in a figure: its cursor, its switches, its badge', async () => {
    await expectEqual(
      what,
      '#one-run',
      async (page) => {
        await page.goto(`${served}/figures`)
        await page.locator('#one-run').scrollIntoViewIfNeeded()
      },
      [
        async (page) => {
          await page.locator('#one-run').getByRole('slider').press('Home')
          await expect.poll(() => textOf(page, '#one-run'), patience).toContain('epoch 1: train')
        },
        async (page) => {
          await page.locator('#one-run').getByRole('slider').press('End')
          await page.locator('#one-run').getByLabel('metric').selectOption('loss')
          await expect.poll(() => textOf(page, '#one-run'), patience).toContain('loss (log scale)')
        },
      ],
      /edge, there.*fingerprint equal/,
    )
  }, 90_000)
})
