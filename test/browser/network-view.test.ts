/** The view of the network: it follows the cursor, is read out, and is fetched only when it is opened. */
import { describe, expect, it } from 'vitest'

import { objections } from '../support/objections.ts'
import { open, openPanel, sharedBrowser, taken } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

/** The playground with the view of the network open. */
async function opened(query: string, options?: Parameters<typeof newPage>[0]) {
  const { page, complaints } = await newPage(options)
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await open(page, query)
  await taken(page)
  const before = asked.filter((url) => /network-view/.test(url))
  await openPanel(page, 'Network')
  const part = page.locator('.network-view')
  await part.locator('figure svg').first().waitFor({ timeout: 20_000 })
  return { page, complaints, part, before }
}

describe('the view of the network', () => {
  it('is another picture at another moment, of the same units', async () => {
    const { page, complaints, part, before } = await opened('?epochs=60')
    expect(before).toEqual([])
    const pictures = () => part.locator('svg .unit').allTextContents()
    const drawn = () => part.locator('svg').first().innerHTML()
    const line = part.locator('.readout-line')
    const [names, last] = [await pictures(), await drawn()]
    expect(names).toHaveLength(2 + 8)
    expect(names.slice(0, 2)).toEqual(['x', 'y'])
    await expect.poll(() => line.innerText()).toBe('The first run after the last epoch.')
    await part.getByText('50 units in layer 1 (8 are shown, and 42 more are not)').waitFor()
    const way = page.getByRole('group', { name: 'Way through the run' })
    await way.getByRole('slider', { name: 'epoch' }).press('Home')
    await expect.poll(() => line.innerText()).toBe('The first run after epoch 1.')
    expect(await pictures()).toEqual(names)
    expect(await drawn()).not.toBe(last)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('reads a unit out by keys and where it is pointed at, and has the same as a table', async () => {
    const { page, complaints, part } = await opened('?epochs=60&dataset=moons&hiddenUnits=4')
    const slider = part.getByRole('slider', { name: 'unit' })
    await slider.press('Home')
    await slider.press('ArrowRight')
    await slider.press('ArrowRight')
    const reading = await slider.getAttribute('aria-valuetext')
    expect(reading).toMatch(/^unit 1 of layer 1: bias −?\d.*, strongest weight from [xy] −?\d.*, to class [01] −?\d/)
    expect(await part.locator('.readout-line').innerText()).toBe(reading)
    expect(await part.locator('.chart-over .ring').count()).toBe(1)
    const box = (await part.locator('svg .class-1 .frame').boundingBox())!
    await page.mouse.move(box.x + 4, box.y + 4)
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await expect.poll(() => part.locator('.readout-line').innerText()).toMatch(/^class 1: bias/)
    await part.getByText('The same as a table').click()
    expect(await part.getByRole('row').count()).toBe(1 + 2 + 4 + 2)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      expect(await objections(page, '.network-view')).toEqual([])
    }
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)

  it('fits a phone, and shows the pixels that units of the digits look at', async () => {
    const { page, complaints, part } = await opened('?dataset=digits&epochs=10', {
      viewport: { width: 390, height: 844 },
    })
    await part.getByText('its weights from the 8 × 8 pixels').waitFor()
    expect(await part.locator('svg .frame').count()).toBe(8)
    expect(await part.locator('svg .disc').count()).toBe(10)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    expect(complaints).toEqual([])
    await page.context().close()
  }, 60_000)
})
