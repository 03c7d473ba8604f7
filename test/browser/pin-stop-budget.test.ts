/** The playground with several runs: a pin for the same seeds, a training that is stopped, and one too large for the Worker. */
import { describe, expect, it } from 'vitest'

import {
  addressOf,
  badge,
  closePanel,
  entry,
  open,
  openPanel,
  patience,
  set,
  sharedBrowser,
  taken,
} from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

async function arrive(query: string) {
  const arrived = await newPage()
  await open(arrived.page, query)
  await taken(arrived.page)
  const verdict = () => arrived.page.locator('.instrument-compared').innerText()
  const source = () => arrived.page.locator('.instrument-source').innerText()
  return { ...arrived, verdict, source }
}

describe('a pin', () => {
  it('has as many pairs as seeds are chosen afterwards, and one pair is a sentence', async () => {
    const { page, complaints, verdict } = await arrive('?epochs=60')
    await page.getByRole('link', { name: 'Compare', exact: true }).click()
    await set(page, 'batchSize', '4')
    await expect
      .poll(verdict, patience)
      .toContain('With seed 1, batch size 4 compared with batch size 32: instability is')
    await openPanel(page, 'Numbers')
    expect(await page.locator('.paired svg').count()).toBe(0)
    await closePanel(page)
    await page.getByRole('group', { name: 'seeds' }).getByRole('link', { name: '10', exact: true }).click()
    await expect.poll(verdict, patience).toMatch(/In 10 seeds, batch size 4 is rougher than batch size 32 by 0\.\d+/)
    await openPanel(page, 'Numbers')
    await expect.poll(() => page.locator('.paired circle').count(), patience).toBe(20)
    expect(await addressOf(page)).toBe('/playground?batchSize=4&epochs=60&seeds=10&pin=epochs%3D60%26seeds%3D10')
    // What is shown and the pinned one are of the same runs.
    const row = page.locator('.key-numbers > div').nth(1)
    await expect.poll(() => row.innerText(), patience).toMatch(/^A 0\.\d+\s±\s0\.\d+\s+B − A: \+0\.\d+\s±/m)
    const clipped = await page.locator('.paired svg').evaluateAll((all) =>
      all.flatMap((svg) => {
        const frame = svg.getBoundingClientRect()
        return Array.from(svg.querySelectorAll('text'), (text) => text.getBoundingClientRect())
          .filter(({ left, right }) => left < frame.left || right > frame.right)
          .map(({ left, right }) => [left - frame.left, right - frame.right])
      }),
    )
    expect(clipped).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  }, 90_000)
})

describe('Stop', () => {
  it('says how many runs there are, of which seeds, and goes on with the rest', async () => {
    const { page, complaints, source } = await arrive('?batchSize=1')
    await openPanel(page, 'Numbers')
    await set(page, 'seeds', '200')
    await expect.poll(source, patience).toMatch(/of \d+ runs/)
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect.poll(() => badge(page)).toMatch(/^stopped after \d+ of 200 runs$/)
    const [, count] = /after (\d+) of/.exec(await badge(page))!
    expect(Number(count)).toBeGreaterThan(0)
    expect(Number(count)).toBeLessThan(200)
    expect(await page.getByRole('button', { name: 'Stop', exact: true }).count()).toBe(0)
    expect(await page.locator('.instrument-now progress').count()).toBe(0)
    expect(await source()).toMatch(new RegExp(`of ${count} runs`))
    expect(await source()).not.toContain('to 200')
    await openPanel(page, 'Share')
    await expect
      .poll(() => page.getByRole('region', { name: 'Share' }).innerText(), patience)
      .not.toContain('fingerprint is')
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect.poll(() => badge(page)).toMatch(/^stopped after \d+ of 200 runs$/)
    // Nothing of what there was is lost.
    const [, more] = /after (\d+) of/.exec(await badge(page))!
    expect(Number(more)).toBeGreaterThanOrEqual(Number(count))
    expect(complaints).toEqual([])
    await page.context().close()
  }, 90_000)
})

describe('an experiment above the Worker’s budget', () => {
  it('opens with live controls, and a change leaves the other settings alone', async () => {
    const { page, thrown } = await arrive('?batchSize=1&epochs=400&seeds=200')
    expect(await page.getByRole('heading', { level: 1 }).innerText()).not.toBe('Playground')
    expect(await page.locator('.instrument-problem').count()).toBe(0)
    expect(await page.getByRole('slider', { name: 'batch size, slider' }).isEnabled()).toBe(true)
    await expect.poll(() => page.locator('.instrument-curves .line').count(), patience).toBeGreaterThan(0)
    await set(page, 'epochs', '500')
    await page.locator('summary', { hasText: 'Data' }).click()
    await set(page, 'examples', '5000')
    await expect.poll(() => addressOf(page)).toBe('/playground?batchSize=1&epochs=500&examples=5000&seeds=200')
    expect(await entry(page, 'seeds').inputValue()).toBe('200')
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    expect(thrown).toEqual([])
    await page.context().close()
  }, 90_000)

  it('says beside a setting that had to change its old and its new value, and takes the change back', async () => {
    const { page } = await arrive('?epochs=10&seeds=200')
    await set(page, 'epochs', '2000')
    const line = page.locator('#set-seeds-gave-way')
    await expect.poll(() => line.innerText()).toContain('seeds: 200 → 50, since it must be at most 50 with epochs=2000')
    await line.getByRole('link', { name: 'Take the change back' }).click()
    await expect.poll(() => addressOf(page)).toBe('/playground?epochs=10&seeds=200')
    expect(await line.count()).toBe(0)
    await page.context().close()
  }, 60_000)
})
