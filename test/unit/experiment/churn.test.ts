import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { churnEpochs } from '#experiment/result/churn-share.ts'
import { Churn, churnOf, churnWork, mostRestless } from '#experiment/result/churn.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

const spec = { epochs: 40 }
const labels = Uint8Array.of(0, 1, 2, 0)
/** The classes of four examples after epochs 30 to 40: the first never changes, the last in every epoch. */
const classes = Array.from({ length: 11 }, (_, index) => Uint8Array.of(2, index < 3 ? 1 : 0, 2, index % 2))

describe('churn', () => {
  it('is predicted from the epoch before the window on', () => {
    expect(churnEpochs(spec)).toEqual([30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40])
    expect(churnEpochs({ epochs: 39 })).toEqual([39])
    expect(churnEpochs({ epochs: 2000 })).toHaveLength(501)
  })

  it('counts the examples whose class changes', () => {
    const churn = churnOf(spec, { classes, labels, diverged: false })
    expect(churn).toEqual({
      testExamples: 4,
      diverged: false,
      epochs: [31, 40],
      share: [0.25, 0.25, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25],
      mean: 0.275,
      labels: [0, 1, 2, 0],
      predicted: [2, 0, 2, 0],
      changes: [0, 1, 0, 10],
      restless: [
        { example: 3, label: 0, changes: 10, classes: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0] },
        { example: 1, label: 1, changes: 1, classes: [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0] },
      ],
    })
    expect(Churn.parse(churn)).toEqual(churn)
  })

  it('is null from divergence on', () => {
    const churn = churnOf(spec, { classes: classes.slice(0, 3), labels, diverged: true })
    expect(churn.share).toEqual([0.25, 0.25, ...Array(8).fill(null)])
    expect(churn).toMatchObject({ mean: null, predicted: null, changes: null, restless: null, epochs: [31, 40] })
    expect(Churn.parse(churn)).toEqual(churn)
  })

  it('without a window has the last predictions alone', () => {
    const churn = churnOf({ epochs: 39 }, { classes: classes.slice(0, 1), labels, diverged: false })
    expect(churn).toMatchObject({ epochs: null, share: [], mean: null, changes: null, restless: null, diverged: false })
    expect(churn.predicted).toEqual([2, 1, 2, 0])
    expect(Churn.parse(churn)).toEqual(churn)
  })

  it('has the same total by epoch and by example, and the most restless first', () => {
    const run = fc.array(fc.uint8Array({ min: 0, max: 2, minLength: 20, maxLength: 20 }), {
      minLength: 11,
      maxLength: 11,
    })
    fc.assert(
      fc.property(run, (all) => {
        const churn = churnOf(spec, { classes: all, labels: new Uint8Array(20), diverged: false })
        const [changes, restless] = [churn.changes!, churn.restless!]
        const total = changes.reduce((sum, count) => sum + count, 0)
        expect(churn.share.reduce<number>((sum, share) => sum + share! * 20, 0)).toBeCloseTo(total, 4)
        expect(churn.mean).toBeCloseTo(total / 200, 5)
        expect(restless.length).toBeLessThanOrEqual(mostRestless)
        const left = changes.filter((_, example) => !restless.some((one) => one.example === example))
        for (const one of restless) {
          expect(one.changes).toBe(changes[one.example])
          expect(one.classes).toEqual(all.map((each) => each[one.example]))
          expect(one.changes).toBeGreaterThanOrEqual(Math.max(0, ...left))
        }
      }),
    )
  })

  it('costs one run and a prediction of the test half for each epoch of the window', () => {
    const whole = completeSpec({ seeds: 20 })
    const one = estimateOperations({ ...whole, seeds: 1 })
    expect(churnWork(whole)).toBeGreaterThan(one)
    expect(churnWork(whole)).toBeLessThan(1.3 * one)
    const short = { ...whole, seeds: 1, epochs: 39 }
    expect(churnWork(short) - estimateOperations(short)).toBeLessThan(0.01 * estimateOperations(short))
  })
})
