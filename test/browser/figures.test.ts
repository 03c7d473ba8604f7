/** Figures as readers see them: with and without JavaScript, on every screen. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { browsing } from '../support/browsing.ts'
import { galleryBy, live, near } from '../support/gallery.ts'
import { objections } from '../support/objections.ts'

const open = browsing()
const { gallery, still } = galleryBy(open)

const viewports = [
  { width: 360, height: 740 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
]

describe('at 360, 768 and 1440 px', () => {
  it('every figure stands without JavaScript: picture, caption, takeaway and table, with text of at least 12 px', async () => {
    const page = await gallery({ javaScriptEnabled: false })
    for (const viewport of viewports) {
      await page.setViewportSize(viewport)
      const figures = await page.locator('figure[data-given]').all()
      expect(figures.length).toBeGreaterThan(9)
      for (const figure of figures) {
        expect(await figure.locator('svg:visible').count()).toBe(1)
        expect(await figure.locator('figcaption').innerText()).not.toBe('')
        expect(await figure.locator('.figure-takeaway').innerText()).toMatch(/\w+.*\./)
        expect(await figure.getByRole('slider').isVisible()).toBe(false)
      }
      expect(await page.locator('.figure-numbers').count()).toBeGreaterThan(8)
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
    }
  }, 60_000)

  it('axe finds nothing, with the pictures as built and live', async () => {
    const page = await gallery()
    for (const id of ['one-run', 'panels', 'dataset', 'sweep-two', 'map']) await live(page, id)
    for (const viewport of viewports) {
      await page.setViewportSize(viewport)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        expect([viewport, colorScheme, await objections(page)]).toEqual([viewport, colorScheme, []])
      }
    }
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

const widths = [320, 390, 520, 768, 1280, 1440]

describe('on a screen of', () => {
  it.each(widths)(
    '%i px nothing of a picture moves when it comes alive',
    async (width) => {
      const page = await gallery({ viewport: { width, height: 900 } })
      for (const id of ['one-run', 'panels']) {
        const figure = await near(page, id)
        const built = await textsOf(page, id)
        expect(built.length).toBeGreaterThan(10)
        await figure.getByRole('slider').focus()
        await figure.locator('.figure-live').waitFor({ timeout: 20_000 })
        await figure.getByRole('slider').press('Escape')
        expect(await textsOf(page, id)).toEqual(built)
      }
    },
    60_000,
  )

  it.each(['/figures', '/playground?batchSize=4&seeds=3', '/embed?batchSize=4'])(
    'any width text in the pictures of %s has at least 11 px, and is not cut off',
    async (path) => {
      const page = await open(path)
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 })
        // What is drawn for a size is drawn in the next frame.
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
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
        expect([width, texts.length > 10]).toEqual([width, true])
        expect([width, texts.filter(({ size, isIn }) => size < 11 || !isIn)]).toEqual([width, []])
      }
    },
    60_000,
  )
})

describe('a reader', () => {
  it('with forced colors sees every line and mark in the system’s colors', async () => {
    const page = await still({ forcedColors: 'active' })
    const stroke = (selector: string) =>
      page
        .locator(`#one-run svg:visible ${selector}`)
        .first()
        .evaluate((element) => getComputedStyle(element).stroke)
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    expect(await stroke('.line.test')).not.toBe(paper)
    expect(await stroke('.line.test')).not.toBe(await stroke('.line.train'))
  }, 60_000)

  it('with 400 % zoom reads everything by scrolling in one direction', async () => {
    const page = await still({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 })
    await live(page, 'one-run')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
  }, 60_000)

  it('with reduced motion sees nothing move by itself', async () => {
    const page = await still({ reducedMotion: 'reduce' })
    await live(page, 'one-run')
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0)
  }, 60_000)

  it('saves the picture as PNG and follows every link of the menu', async () => {
    const page = await still({})
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
  }, 60_000)
})
