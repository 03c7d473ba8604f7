/** The comparison of A and B: begun in three gestures, with the same letters and colors whichever side is edited. */
import type { Page } from 'playwright-core'
import { describe, expect, inject, it } from 'vitest'

import {
  addressOf,
  closePanel,
  entry,
  open,
  openPanel,
  patience,
  set,
  sharedBrowser,
  taken,
} from '../support/playground-page.ts'

const served = inject('served')
const { newPage } = sharedBrowser()

const compared = '?batchSize=4&epochs=60&seeds=10&pin=epochs%3D60%26seeds%3D10'

async function arrive(query: string) {
  const { page, complaints } = await newPage({ viewport: { width: 1280, height: 720 } })
  await open(page, query)
  await taken(page)
  return { page, complaints }
}

const verdict = (page: Page) => page.locator('.instrument-compared').innerText()
const seedsOf = (page: Page, count: string) =>
  page.getByRole('group', { name: 'seeds' }).getByRole('link', { name: count, exact: true })
const sideLink = (page: Page, letter: string) =>
  page.locator('h1').getByRole('link', { name: new RegExp(`^${letter} `) })

/** The sides as they are shown: their names with the color of their letters, and the lines of their curves. */
const sidesOf = (page: Page) =>
  page.evaluate(() => ({
    names: Array.from(document.querySelectorAll('h1 .side'), (one) => [
      one.textContent,
      getComputedStyle(one.querySelector('b')!).color,
    ]),
    lines: ['side-a', 'side-b'].map((side) =>
      Array.from(document.querySelectorAll(`.instrument-curves .line.${side}`), (line) => [
        line.getAttribute('d'),
        getComputedStyle(line).stroke,
      ]),
    ),
  }))

describe('whether batch size 4 or 32 is calmer', () => {
  it('is answered after three gestures, without scrolling; the way back undoes each', async () => {
    const { page, complaints } = await arrive('')
    const addresses = [await addressOf(page)]
    const gestures = [
      () => page.getByRole('link', { name: 'Compare', exact: true }).click(),
      () => set(page, 'batchSize', '4'),
      () => seedsOf(page, '30').click(),
    ]
    for (const gesture of gestures) {
      await gesture()
      await expect.poll(() => addressOf(page)).not.toBe(addresses.at(-1))
      addresses.push(await addressOf(page))
    }
    expect(addresses.at(-1)).toBe('/playground?batchSize=4&seeds=30&pin=seeds%3D30')
    await expect
      .poll(() => verdict(page), patience)
      .toMatch(/^In 30 seeds, batch size 4 is rougher than batch size 32 by 0\.\d+\s±\s0\.\d+\./)
    const isSeen = await page.locator('.instrument-compared b').evaluate((sentence) => {
      const { left, right, top, bottom } = sentence.getBoundingClientRect()
      return [left + 2, (left + right) / 2, right - 2].every((x) =>
        sentence.contains(document.elementFromPoint(x, (top + bottom) / 2)),
      )
    })
    expect([isSeen, await page.evaluate(() => scrollY)]).toEqual([true, 0])
    // Nothing lies over anything else.
    const ends = await page
      .locator('.instrument-boundary, .key-numbers, .drawer-tabs')
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect()).flatMap(({ top, bottom }) => [top, bottom]))
    expect(ends).toEqual(ends.toSorted((one, other) => one - other))
    expect(ends.at(-1)).toBeLessThanOrEqual(720)
    for (const address of addresses.toReversed().slice(1)) {
      await page.goBack()
      await expect.poll(() => addressOf(page)).toBe(address)
    }
    await expect.poll(() => entry(page, 'batchSize').inputValue()).toBe('32')
    expect(await page.locator('.instrument-compared').count()).toBe(0)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 90_000)
})

describe('the sides of a comparison', () => {
  it('keep their letters, colors and curves when the settings of the other one are shown', async () => {
    const { page } = await arrive(compared)
    await expect.poll(() => verdict(page), patience).toContain('In 10 seeds')
    const before = await sidesOf(page)
    expect(before.names.map(([name]) => name)).toEqual(['A batch size 32', 'B batch size 4'])
    expect(before.lines.map((lines) => lines.length > 0)).toEqual([true, true])
    const [a, b] = before.names.map(([, color]) => color)
    expect(a).not.toBe(b)
    await sideLink(page, 'A').click()
    await expect.poll(() => entry(page, 'batchSize').inputValue()).toBe('32')
    expect(new URL(page.url()).searchParams.get('side')).toBe('A')
    await expect.poll(() => sidesOf(page), patience).toEqual(before)
    // What is changed now is A.
    await set(page, 'batchSize', '64')
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/A batch size 64\s+B batch size 4/)
    await page.goBack()
    await expect.poll(() => sidesOf(page), patience).toEqual(before)
    await sideLink(page, 'B').click()
    await expect.poll(() => addressOf(page)).toBe(`/playground${compared}`)
    await page.getByRole('link', { name: 'A alone' }).click()
    await expect.poll(() => addressOf(page)).toBe('/playground?epochs=60&seeds=10')
    await page.context().close()
  }, 90_000)

  it('leave frozen what a link froze', async () => {
    const { page } = await arrive('?epochs=60&learningRate=0.02&lock=learningRate')
    const isFrozen = async () => !(await entry(page, 'learningRate').isEditable())
    await page.getByRole('link', { name: 'Compare', exact: true }).click()
    await set(page, 'batchSize', '8')
    await expect.poll(() => page.locator('h1').innerText()).toMatch(/A batch size 32\s+B batch size 8/)
    expect([await isFrozen(), new URL(page.url()).searchParams.get('lock')]).toEqual([true, 'learningRate'])
    await sideLink(page, 'A').click()
    await expect.poll(() => entry(page, 'batchSize').inputValue()).toBe('32')
    expect([await isFrozen(), new URL(page.url()).searchParams.get('lock')]).toEqual([true, 'learningRate'])
    await page.context().close()
  }, 60_000)

  it('are the same for whoever opens the link, and in the files', async () => {
    const { page } = await arrive(compared)
    await expect.poll(() => verdict(page), patience).toContain('In 10 seeds')
    // Whether the Worker knew the comparison or not, the page has its looks.
    expect(await page.locator('.key-numbers.are-compared').count()).toBe(1)
    await sideLink(page, 'A').click()
    await openPanel(page, 'Share')
    const address = page.locator('.share-link input')
    await expect.poll(() => address.inputValue(), patience).toMatch(/side=A.*expect=|expect=.*side=A/)
    const link = await address.inputValue()
    const svg = await page.getByRole('link', { name: 'curves as SVG' }).getAttribute('href')
    expect(new URL(svg!, served).searchParams.has('pin')).toBe(true)
    const drawn = await (await fetch(new URL(svg!, served))).text()
    for (const side of ['side-a', 'side-b']) expect(drawn).toContain(side)
    /** What stands there; where a line stands depends on the notes above it. */
    const shown = async (one: Page) => ({
      verdict: await verdict(one),
      numbers: await one.locator('.key-numbers').innerText(),
      names: (await sidesOf(one)).names,
      lines: (await sidesOf(one)).lines.map((lines) => lines.map(([, color]) => color)),
    })
    await closePanel(page)
    const expected = await shown(page)
    await page.context().close()
    const elsewhere = await arrive(link.slice(`${served}/playground`.length))
    await expect.poll(() => shown(elsewhere.page), patience).toEqual(expected)
    expect(await elsewhere.page.locator('.instrument-notes').innerText()).toContain('the fingerprint is equal')
    await elsewhere.page.context().close()
  }, 90_000)
})
