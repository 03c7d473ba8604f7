/** One update in slow motion: where it begins, and what it shows of the update. */
import { describe, expect, inject, it } from 'vitest'

import { objections } from '../support/objections.ts'
import { open, openPanel, sharedBrowser, taken } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

/** The playground with slow motion open. */
async function opened(query: string, options?: Parameters<typeof newPage>[0]) {
  const { page, complaints } = await newPage(options)
  await open(page, query)
  await taken(page)
  await openPanel(page, 'One update')
  const part = page.locator('.slow-motion')
  await part.locator('.slow-motion-losses').waitFor({ timeout: 20_000 })
  const position = () => part.locator('output').innerText()
  return { page, complaints, part, position }
}

describe('slow motion', () => {
  it('begins with the first update, and goes to the worst drop and to the cursor', async () => {
    const query = 'epochs=80&batchSize=8&learningRate=0.1'
    const { page, complaints, part, position } = await opened(`?${query}&epoch=40`)
    expect(await position()).toBe('update 1 of 63 in epoch 1')
    await part.getByRole('button', { name: 'the worst drop' }).click()
    const { runs } = (await (await fetch(`${inject('served')}/api/experiments?${query}`)).json()) as {
      runs: { history: { testAccuracy: number[] } }[]
    }
    const accuracies = runs[0]!.history.testAccuracy
    const falls = accuracies.map((value, index) => (index < 60 ? -1 : accuracies[index - 1]! - value))
    const epoch = falls.indexOf(Math.max(...falls)) + 1
    await expect.poll(position).toBe(`update 1 of 63 in epoch ${epoch}`)
    await part
      .getByText(
        `In epoch ${epoch}, the test accuracy fell from ${accuracies[epoch - 2]!.toFixed(3)} to ${accuracies[epoch - 1]!.toFixed(3)}.`,
      )
      .waitFor()
    await part.getByRole('button', { name: 'an update on' }).click()
    await expect.poll(position).toBe(`update 2 of 63 in epoch ${epoch}`)
    await part.getByRole('button', { name: 'at the cursor' }).click()
    await expect.poll(position).toBe('update 1 of 63 in epoch 41')
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('shows the losses, and the old boundary behind the new one', async () => {
    const { page, complaints, part } = await opened('?epochs=60&dataset=moons')
    const cells = async () => (await part.locator('td').allInnerTexts()).map((text) => Number(text.replace('−', '-')))
    const [before, after, change] = await cells()
    expect(after! - before!).toBeCloseTo(change!, 3)
    for (let update = 0; update < 2; update++) await part.getByRole('button', { name: 'an update on' }).click()
    await part.getByText('update 3 of').waitFor()
    expect(await part.locator('.ghost').count()).toBe(0)
    await part.getByLabel('after the step').check()
    await part.locator('.ghost').waitFor()
    await part.getByText('The dashed line is the boundary before the update.').waitFor()
    // Arrows are read by keys.
    const arrows = part.getByRole('slider', { name: 'arrow' })
    await arrows.press('Home')
    await arrows.press('ArrowRight')
    await arrows.press('ArrowRight')
    expect(await arrows.getAttribute('aria-valuetext')).toMatch(/^the step, reversed: 0\.\d+ along the gradient of all/)
    expect(await objections(page, '.slow-motion')).toEqual([])
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('keeps every label of the gradients within the picture, on a phone as well', async () => {
    const { page, part } = await opened('?epochs=60&batchSize=4', { viewport: { width: 390, height: 844 } })
    for (let update = 0; update < 5; update++) {
      const outside = await part.locator('svg.gradients').evaluate((svg) => {
        const box = svg.getBoundingClientRect()
        return [...svg.querySelectorAll('text')]
          .filter((text) => {
            const { left, right, top, bottom } = text.getBoundingClientRect()
            return left < box.left || right > box.right || top < box.top || bottom > box.bottom
          })
          .map(({ textContent }) => textContent)
      })
      expect(outside).toEqual([])
      await part.getByRole('button', { name: 'an update on' }).click()
      await expect.poll(() => part.locator('output').innerText()).toContain(`update ${update + 2} of`)
    }
    await page.context().close()
  }, 60_000)

  it('goes from epoch to epoch where each has only one update', async () => {
    const { page, part, position } = await opened('?epochs=60&batchSize=full')
    expect(await position()).toBe('the only update of epoch 1')
    await part.getByRole('button', { name: 'an update on' }).click()
    await expect.poll(position).toBe('the only update of epoch 2')
    await part.getByText('The 500 examples of the batch are ringed.').waitFor()
    await page.context().close()
  }, 60_000)

  it('of examples with many features shows losses and gradients, and says why there is no plane', async () => {
    const { page, complaints, part } = await opened('?dataset=penguins&epochs=60')
    await part.getByText('there is no plane to draw their decision boundary in').waitFor()
    expect(await part.locator('figure').count()).toBe(1)
    expect(await part.locator('td').count()).toBe(6)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)
})
