/** The live frame on another page: its controls train in the frame, and without controls or a worker it is the still. */
import { describe, expect, inject, it } from 'vitest'

import { objections } from '../support/objections.ts'
import { patience, sharedBrowser } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()
const address = (query: string) => `${inject('served')}/embed?${query}`
const live = 'batchSize=4&seeds=6&epochs=60&controls=batchSize,learningRate'

describe('a frame with controls', () => {
  it('trains what they say, and compares where its address does', async () => {
    const { page, complaints } = await newPage({ viewport: { width: 640, height: 420 } })
    await page.goto(address(`${live}&pin=seeds%3D6%26epochs%3D60`))
    const words = page.locator('figcaption [role=status]')
    await expect
      .poll(() => words.innerText(), patience)
      .toMatch(/^In 6 seeds, batch size 4 is rougher than batch size 32/)
    await page.locator('#set-batchSize').fill('64')
    await expect.poll(() => page.locator('figcaption .side-b').innerText(), patience).toBe('B batch size 64')
    expect(await page.locator('.setting').count()).toBe(2)
    // What the frame opens is what it shows.
    expect(await page.getByRole('link', { name: 'Open in Minibatch' }).getAttribute('href')).toMatch(
      /^\/playground\?batchSize=64&/,
    )
    await page.locator('figcaption .side-a').click()
    await expect.poll(() => page.locator('#set-batchSize').inputValue()).toBe('32')
    expect(await page.evaluate(() => history.length)).toBeLessThanOrEqual(2)
    expect(complaints).toEqual([])
    await page.context().close()
  })

  it.each([
    [280, 200],
    [400, 500],
    [900, 470],
  ])('fits a frame of %i × %i', async (width, height) => {
    const { page } = await newPage({ viewport: { width, height }, bypassCSP: true })
    await page.goto(address(live))
    await page.locator('.embed-controls').waitFor(patience)
    await page.locator('.instrument-curves svg').first().waitFor(patience)
    const size = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement
      return { scrollWidth, scrollHeight }
    })
    expect(size).toEqual({ scrollWidth: width, scrollHeight: height })
    expect(await objections(page)).toEqual([])
    await page.context().close()
  })

  it('keeps a setting that is frozen', async () => {
    const { page } = await newPage()
    await page.goto(address(`${live}&lock=learningRate`))
    await page.locator('.embed-controls').waitFor(patience)
    expect(await page.locator('#set-learningRate').getAttribute('readonly')).not.toBeNull()
    await page.context().close()
  })
})

describe('a frame that stays a picture', () => {
  it('has no controls in its address', async () => {
    const { page } = await newPage()
    await page.goto(address('batchSize=4&epochs=60'))
    await page.locator('.framed svg').first().waitFor({ state: 'attached' })
    expect(await page.locator('.embed-controls').count()).toBe(0)
    await page.context().close()
  })
})
