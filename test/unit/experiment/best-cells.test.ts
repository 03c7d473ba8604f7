import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { bestCells } from '#experiment/result/best-cells.ts'

import '../../support/property-seed.ts'

/** Ten runs around a mean, all cells with the same luck and some of their own. */
const runs = (mean: number, own: number) =>
  Array.from({ length: 10 }, (_, seed) => mean + 0.02 * Math.sin(seed) + own * Math.cos(5 * seed))

describe('the best cells', () => {
  it('are those whose paired differences from the best do not exclude 0', () => {
    // From the best, the first differs by −1, 1, −1, 1 and −1, and the last by −2, −1, −3, −2 and −4.
    const values = [
      [1, 2, 3, 4, 5],
      [2, 1, 4, 3, 6],
      [0, 0, 1, 1, 2],
    ]
    expect(bestCells(values, 'higher')).toEqual({ best: 1, equal: [0, 1], seeds: 5, leftOut: 0 })
  })

  it('are told apart by pairs where the seeds vary more than the cells', () => {
    // Each seed moves all cells by up to 0.02, and the second cell is worse by 0.001 in each.
    const [first, second] = [runs(0.8, 0), runs(0.799, 0)]
    expect(bestCells([first, second], 'higher')).toMatchObject({ best: 0, equal: [0] })
  })

  it('are not said of fewer than five seeds, of which there is no interval', () => {
    const few = [runs(0.8, 0.01).slice(0, 4), runs(0.8, 0.02).slice(0, 4)]
    expect(bestCells(few, 'higher')).toMatchObject({ equal: [], seeds: 4 })
    const five = [runs(0.8, 0.01).slice(0, 5), runs(0.8, 0.02).slice(0, 5)]
    expect(bestCells(five, 'higher')?.equal).toEqual([0, 1])
  })

  it('leave out a cell with a run that has no value, even if its other runs are the best', () => {
    const diverging = [null, ...runs(0.99, 0).slice(1)]
    expect(bestCells([diverging, runs(0.8, 0)], 'higher')).toEqual({ best: 1, equal: [1], seeds: 10, leftOut: 1 })
    expect(bestCells([diverging], 'higher')).toBeUndefined()
    expect(bestCells([], 'higher')).toBeUndefined()
  })
})

const maps = fc.tuple(fc.integer({ min: 5, max: 12 }), fc.integer({ min: 1, max: 8 })).chain(([seeds, cells]) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: seeds, maxLength: seeds }), {
    minLength: cells,
    maxLength: cells,
  }),
)

describe('whatever the values, the best cells', () => {
  it('hold the best one, whose mean no cell beats', () => {
    fc.assert(
      fc.property(maps, (values) => {
        const { best, equal } = bestCells(values, 'higher')!
        const sums = values.map((all) => all.reduce((sum, value) => sum + value, 0))
        expect(equal).toContain(best)
        expect(sums[best]).toBe(Math.max(...sums))
      }),
    )
  })

  it('are the same ones in any order of the seeds, and when lower is better of the opposite values', () => {
    fc.assert(
      fc.property(maps, (values) => {
        const { best, equal } = bestCells(values, 'higher')!
        const reversed = values.map((all) => all.toReversed())
        expect(bestCells(reversed, 'higher')).toMatchObject({ best })
        const opposite = values.map((all) => all.map((value) => -value))
        expect(bestCells(opposite, 'lower')).toMatchObject({ best, equal })
      }),
    )
  })

  it('do not change when each seed moves all cells alike', () => {
    fc.assert(
      fc.property(
        maps,
        fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 12, maxLength: 12 }),
        (values, luck) => {
          const moved = values.map((all) => all.map((value, seed) => value + luck[seed]!))
          expect(bestCells(moved, 'higher')!.equal).toEqual(bestCells(values, 'higher')!.equal)
        },
      ),
    )
  })

  it('hold every cell with the same values, and none that is worse by the same in each seed', () => {
    fc.assert(
      fc.property(maps, fc.integer({ min: 1, max: 100 }), (values, less) => {
        const { best } = bestCells(values, 'higher')!
        const twin = bestCells([...values, [...values[best]!]], 'higher')!
        expect(twin.equal).toContain(values.length)
        const worse = bestCells([...values, values[best]!.map((value) => value - less)], 'higher')!
        expect(worse.equal).not.toContain(values.length)
      }),
    )
  })
})
