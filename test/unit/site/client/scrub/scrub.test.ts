/** The controls of a figure that goes through a run: the newest epoch is drawn, one at a time. */
import { describe, expect, it, vi } from 'vitest'

import { Scrub } from '../../../../../site/src/client/scrub/scrub.ts'

/** A figure with its controls, as far as they are used. */
function figureAt(epoch: number, moved = epoch) {
  const slider = Object.assign(new EventTarget(), {
    defaultValue: String(epoch),
    value: String(moved),
    setAttribute: () => undefined,
  })
  const said = { textContent: '' }
  const parts: Record<string, unknown> = {
    '.scrub button': Object.assign(new EventTarget(), { ariaPressed: 'false' }),
    '.scrub input': slider,
    '.scrub-at': said,
  }
  return { figure: { querySelector: (name: string) => parts[name] } as unknown as HTMLElement, slider, said }
}

/** A drawing that the test ends. */
function drawings() {
  const asked: { epoch: number; isOld: () => boolean; end: (words: string) => void; fail: () => void }[] = []
  const draw = (epoch: number, isOld: () => boolean) =>
    new Promise<string>((resolve, reject) => {
      asked.push({ epoch, isOld, end: resolve, fail: () => reject(new Error('no workers')) })
    })
  return { asked, draw }
}

const turn = () => new Promise((resolve) => setTimeout(resolve))

describe('a figure that goes through a run', () => {
  it('draws the newest epoch when it is done with the last, and leaves out those between', async () => {
    const { figure, said } = figureAt(200)
    const { asked, draw } = drawings()
    const scrub = new Scrub(figure, draw, () => expect.unreachable())
    for (const epoch of [10, 11, 12, 13]) scrub.goTo(epoch)
    expect(asked.map(({ epoch }) => epoch)).toEqual([10])
    expect(asked[0]!.isOld()).toBe(true)
    asked[0]!.end('old')
    await turn()
    expect(asked.map(({ epoch }) => epoch)).toEqual([10, 13])
    expect(said.textContent).toBe('13')
    asked[1]!.end('new')
    await turn()
    expect(said.textContent).toBe('13 · new')
  })

  it('begins with the epoch to which its slider was moved before the script was there', () => {
    const { asked, draw } = drawings()
    const onFailure = vi.fn<() => void>()
    const untouched = figureAt(200)
    expect(new Scrub(untouched.figure, draw, onFailure)).toBeDefined()
    expect(asked).toEqual([])
    expect(new Scrub(figureAt(200, 57).figure, draw, onFailure)).toBeDefined()
    expect(asked.map(({ epoch }) => epoch)).toEqual([57])
  })

  it('stays within the run', () => {
    const { figure, slider } = figureAt(200)
    const scrub = new Scrub(figure, drawings().draw, () => expect.unreachable())
    scrub.goTo(0)
    expect(slider.value).toBe('1')
    scrub.goTo(1000)
    expect(slider.value).toBe('200')
  })

  it('says once that the browser cannot train, however many epochs are asked for', async () => {
    const { asked, draw } = drawings()
    const onFailure = vi.fn<() => void>()
    const scrub = new Scrub(figureAt(200).figure, draw, onFailure)
    scrub.goTo(10)
    scrub.goTo(11)
    asked[0]!.fail()
    await turn()
    asked[1]!.fail()
    await turn()
    expect(onFailure).toHaveBeenCalledTimes(1)
  })
})
