/** Every setting can be used while most of a picture is in view, at every usual size of a window. */
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'

import { controls } from '#experiment/spec/controls.ts'

import { open, sharedBrowser, taken } from '../support/playground-page.ts'

const { newPage } = sharedBrowser()

const sizes = [
  [1280, 720],
  [1366, 768],
  [1440, 900],
  [768, 1024],
  [390, 844],
  [844, 390],
  [320, 568],
] as const

/** What is in the way of using a setting and seeing a picture. */
interface Trouble {
  field: string
  /** The share of the control that can be touched. */
  control: number
  /** The larger share of a picture that is seen. */
  picture: number
}

/**
 * Goes to each setting as a reader does, by focus, and looks what is to be seen then: a point of an element counts if
 * what is there is the element, a part of it or what it is a part of.
 */
function troubles(page: Page): Promise<{ settings: number; troubles: Trouble[] }> {
  return page.evaluate(async () => {
    /** The share of an element, or of the places within it, that nothing covers and that is in the window. */
    const seen = (element: Element) => {
      const { left, top, width, height } = element.getBoundingClientRect()
      const steps = 12
      let count = 0
      for (let row = 0; row < steps; row++)
        for (let column = 0; column < steps; column++) {
          const [x, y] = [left + ((column + 0.5) * width) / steps, top + ((row + 0.5) * height) / steps]
          const there = document.elementFromPoint(x, y)
          if (there && (element.contains(there) || there.closest('.drawings, .figure-picture')?.contains(element)))
            count++
        }
      return count / steps ** 2
    }
    for (const group of document.querySelectorAll<HTMLDetailsElement>('.settings > details')) group.open = true
    const isShown = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().width > 1
    const pictures = () =>
      Array.from(document.querySelectorAll('.drawings svg, .instrument-boundary .figure-picture svg')).filter(isShown)
    const settings = Array.from(document.querySelectorAll('.setting'))
    const all: Trouble[] = []
    for (const setting of settings) {
      // The boxes and sliders, and the pictures that are chosen from.
      const own = Array.from(
        setting.querySelectorAll<HTMLElement>('input:not([type=hidden]), select, button'),
        (one) => one.closest<HTMLElement>('label:has(> input[type=radio])') ?? one,
      )
      for (const control of own.filter(isShown)) {
        const inner = control.matches('label') ? control.querySelector('input')! : control
        inner.focus({ preventScroll: false })
        control.scrollIntoView({ block: 'nearest', behavior: 'instant' })
        await new Promise(requestAnimationFrame)
        const look = { control: seen(control), picture: Math.max(...pictures().map(seen)) }
        if (look.control < 1 || look.picture <= 0.5)
          all.push({
            field:
              control.id || control.getAttribute('aria-label') || setting.querySelector('.setting-name')!.textContent,
            ...look,
          })
      }
    }
    return { settings: settings.length, troubles: all }
  })
}

describe('the settings of the playground', () => {
  it.each(sizes)(
    'at %i × %i can each be used while most of a picture is in view',
    async (width, height) => {
      const { page } = await newPage({ viewport: { width, height }, hasTouch: width < 900 })
      for (const query of [
        '?epochs=60&hiddenUnits=50-20&batchSize=8',
        '?batchSize=4&epochs=60&seeds=3&pin=epochs%3D60',
      ]) {
        await open(page, query)
        await taken(page)
        expect(await troubles(page)).toEqual({ settings: controls.length, troubles: [] })
      }
      await page.context().close()
    },
    60_000,
  )
})
