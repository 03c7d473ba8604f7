/** Typing in the settings, and what has the focus: groups stay as the reader left them, values are shown whole. */
import type { BrowserContextOptions, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import {
  addressOf,
  badge,
  entry,
  open,
  patience,
  set,
  sharedBrowser,
  taken,
  unfold,
} from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

async function arrive(query: string, options: BrowserContextOptions = {}): Promise<Page> {
  const { page } = await newPage(options)
  await open(page, query)
  if (options.javaScriptEnabled !== false) await taken(page)
  return page
}

/** What has the focus: its name, or for a field of the settings its id. */
const focused = (page: Page) =>
  page.evaluate(() => {
    const one = document.activeElement!
    return one.id || one.getAttribute('aria-label') || (one === document.body ? 'nothing' : one.textContent)
  })

/** How wide the arrow is that opens the proposals of each box, which is in the browser's own part of the page. */
async function arrowsOf(page: Page): Promise<Map<string, number>> {
  interface Part {
    nodeId: number
    nodeName: string
    attributes?: string[]
    children?: Part[]
    shadowRoots?: Part[]
  }
  const session = await page.context().newCDPSession(page)
  const { root } = await session.send('DOM.getDocument', { depth: -1, pierce: true })
  const within = (part: Part): Part[] => [
    part,
    ...[...(part.children ?? []), ...(part.shadowRoots ?? [])].flatMap(within),
  ]
  const arrows = new Map<string, number>()
  for (const input of within(root).filter(({ nodeName }) => nodeName === 'INPUT')) {
    const { attributes = [] } = input
    const arrow = within(input).find((part) => part.attributes?.includes('-webkit-calendar-picker-indicator'))
    // What is not shown has no box.
    const box = arrow && (await session.send('DOM.getBoxModel', { nodeId: arrow.nodeId }).catch(() => undefined))
    if (arrow) arrows.set(attributes[attributes.indexOf('name') + 1]!, box?.model.width ?? 0)
  }
  return arrows
}

describe('a folded group', () => {
  it.each([
    ['Network', 'hiddenUnits', '50-20'],
    ['Data', 'noise', '3'],
    ['Order and seed', 'seed', '12'],
  ])(
    '%s stays open while %s is typed anew, wrong on the way, and the focus stays',
    async (group, field, text) => {
      const page = await arrive('?epochs=40')
      await unfold(page, group)
      await entry(page, field).focus()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.press('Backspace')
      await expect.poll(() => page.locator(`#set-${field}-wrong`).count()).toBe(1)
      for (const letter of text) await page.keyboard.press(letter)
      await expect.poll(() => addressOf(page), patience).toContain(`${field}=${text}`)
      expect([await entry(page, field).inputValue(), await focused(page)]).toEqual([text, `set-${field}`])
      expect(await page.locator('.settings details[open]').count()).toBe(1)
      // What is closed stays closed, too, whatever is wrong in it.
      await entry(page, field).fill('x')
      await unfold(page, group)
      await set(page, 'batchSize', '8')
      await expect.poll(() => addressOf(page)).toContain('batchSize=8')
      expect(await page.locator('.settings details[open]').count()).toBe(0)
      await page.context().close()
    },
    60_000,
  )

  it('is open where an address is wrong or was read in another spelling, without JavaScript too', async () => {
    const groups = (page: Page) =>
      page.locator('.settings details[open]').evaluateAll((all) => all.map(({ className }) => className))
    const scriptless = await arrive('?epochs=40&noise=x', { javaScriptEnabled: false })
    expect(await groups(scriptless)).toEqual(['settings-data'])
    await scriptless.context().close()
    const page = await arrive('?epochs=40&noise=0%2C5')
    expect(await groups(page)).toEqual(['settings-data'])
    await page.context().close()
  }, 60_000)
})

describe('the focus', () => {
  it('stays near a link that is gone once it is followed', async () => {
    const page = await arrive('?epochs=40&batchSize=8&activation=tanh')
    const follow = async (name: string | RegExp) => {
      await page.getByRole('link', { name }).focus()
      await page.keyboard.press('Enter')
    }
    await follow('Compare')
    await expect.poll(() => focused(page)).toMatch(/^B a copy of A/)
    await follow('B alone')
    await expect.poll(() => focused(page)).toBe('Compare')
    await follow('batch size back to 32')
    await expect.poll(() => addressOf(page)).toBe('/playground?activation=tanh&epochs=40')
    expect(await focused(page)).toBe('batch size, slider')
    await unfold(page, 'Network')
    await follow('activation back to relu')
    await expect.poll(() => focused(page)).toBe('set-activation')
    await follow('back to the tutorial’s settings')
    await expect.poll(() => addressOf(page)).toBe('/playground')
    expect(await focused(page)).toMatch(/^Order and seed/)
    await page.context().close()
  }, 60_000)
})

describe('a value', () => {
  const long = [
    '?batchSize=full&classes=10&datasetSeed=4294967295&epochs=2000&examples=5000&learningRate=0.00001&momentum=0.999&noise=0.125&seed=4294967295&trainFraction=0.125',
    '?batchSize=123&epochs=2&learningRate=0.000012345&momentum=0.123456&noise=9.99999&seeds=200&trainFraction=0.123456&hiddenUnits=128-128-128',
  ]

  it.each([1280, 390, 320])(
    'is shown whole in its box, whatever it is, at %i px',
    async (width) => {
      for (const query of long) {
        const page = await arrive(query, { viewport: { width, height: 844 } })
        await page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)))
        const arrows = await arrowsOf(page)
        const boxes = await page.locator('.setting > input[name]:visible').evaluateAll((all) =>
          (all as HTMLInputElement[]).map((input) => {
            const style = getComputedStyle(input)
            const context = document.createElement('canvas').getContext('2d')!
            context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
            const padding = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight)
            const text = context.measureText(input.value).width
            const isCut = input.scrollWidth > input.clientWidth
            return { name: input.name, value: input.value, text, isCut, room: input.clientWidth - padding }
          }),
        )
        expect(arrows.size).toBeGreaterThan(5)
        expect(boxes.length).toBeGreaterThanOrEqual(14)
        const isTooNarrow = ({ name, text, isCut, room }: (typeof boxes)[number]) =>
          isCut || text > room - (arrows.get(name) ?? 0)
        expect(boxes.filter(isTooNarrow)).toEqual([])
        await page.context().close()
      }
    },
    60_000,
  )
})

describe('an arrow key that changes nothing', () => {
  it('leaves what is known of the experiment as it is', async () => {
    const page = await arrive('?epochs=40')
    await expect.poll(() => badge(page), patience).toMatch(/^equal on the edge, bit for bit/)
    const known = await badge(page)
    const slider = page.getByRole('slider', { name: 'momentum, slider' })
    await set(page, 'momentum', '0.999')
    await expect.poll(() => addressOf(page)).toContain('momentum=0.999')
    await expect.poll(() => badge(page), patience).toMatch(/^equal on the edge, bit for bit/)
    const before = await badge(page)
    await slider.press('ArrowRight')
    await slider.press('End')
    await slider.press('ArrowUp')
    expect(await badge(page)).toBe(before)
    expect(known).toMatch(/^equal/)
    await page.context().close()
  }, 60_000)
})

describe('what is frozen', () => {
  it('looks so, and stays so through every link of the settings, without JavaScript too', async () => {
    for (const javaScriptEnabled of [true, false]) {
      const page = await arrive('?epochs=40&learningRate=0.02&momentum=0.5&lock=learningRate', { javaScriptEnabled })
      const style = (field: string) => entry(page, field).evaluate((box) => getComputedStyle(box).borderTopStyle)
      expect([await style('learningRate'), await style('batchSize')]).toEqual(['dashed', 'solid'])
      await page.getByRole('link', { name: 'momentum back to 0.9' }).click()
      await expect.poll(() => addressOf(page)).toBe('/playground?epochs=40&learningRate=0.02&lock=learningRate')
      await page.getByRole('link', { name: /^Too large a step/ }).click()
      await expect.poll(() => addressOf(page)).toBe('/playground?learningRate=0.02&lock=learningRate')
      await page.locator('summary', { hasText: 'Data' }).click()
      if (javaScriptEnabled) await page.locator('.picture-choice label', { hasText: 'moons' }).click()
      else await page.goto(page.url().replace('?', '?dataset=moons&'))
      await expect.poll(() => addressOf(page)).toBe('/playground?dataset=moons&learningRate=0.02&lock=learningRate')
      await page.getByRole('link', { name: 'back to the tutorial’s settings' }).click()
      await expect.poll(() => addressOf(page)).toBe('/playground?learningRate=0.02&lock=learningRate')
      expect(await entry(page, 'learningRate').isEditable()).toBe(false)
      await page.context().close()
    }
  }, 90_000)
})
