import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { estimateOperations } from '#experiment/spec/cost.ts'
import { joinChanges, learningRateAt, splitChanges } from '#experiment/spec/schedule.ts'
import { completeSpec, trainRows, type PartialSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, phaseAt, phasesOf, stepsPerEpoch, updates, updatesAfter } from '#experiment/spec/training-size.ts'
import { cosine } from '#methods/cosine.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

/** The learning rates of a run of 10 updates an epoch. */
function rates(given: PartialSpec): number[] {
  const spec = completeSpec({ examples: 20, trainFraction: 0.5, batchSize: 1, epochs: 4, ...given })
  const ends = { warmupUpdates: updatesAfter(spec, spec.warmup), updates: updates(spec) }
  return Array.from({ length: updates(spec) }, (_, update) =>
    learningRateAt(spec, { epoch: Math.floor(epochsAfter(spec, update + 0.5)), update, ...ends }),
  )
}

describe('the phases of a run', () => {
  it('are one without a schedule', () => {
    expect(phasesOf(completeSpec({}))).toEqual([{ before: 0, epochs: 200, rows: 32, steps: 16 }])
  })

  it('begin after the epochs that the schedule names', () => {
    const spec = completeSpec({ batchSize: 4, batchSizeSchedule: '50:32-100:full' })
    expect(phasesOf(spec)).toEqual([
      { before: 0, epochs: 50, rows: 4, steps: 125 },
      { before: 50, epochs: 50, rows: 32, steps: 16 },
      { before: 100, epochs: 100, rows: 500, steps: 1 },
    ])
    expect([0, 49, 50, 99, 100, 199].map((epoch) => phaseAt(spec, epoch).rows)).toEqual([4, 4, 32, 32, 500, 500])
    expect(updates(spec)).toBe(50 * 125 + 50 * 16 + 100)
  })

  it('of any spec have all of its epochs, and its updates are those of its epochs', () => {
    fc.assert(
      fc.property(fieldsAndSpec, fc.nat(), ({ spec }, some) => {
        const phases = phasesOf(spec)
        expect(phases.reduce((sum, { epochs }) => sum + epochs, 0)).toBe(spec.epochs)
        for (const { epochs, rows } of phases) {
          expect(epochs).toBeGreaterThan(0)
          expect(rows).toBeLessThanOrEqual(trainRows(spec))
        }
        const epoch = some % spec.epochs
        expect(updatesAfter(spec, epoch + 1) - updatesAfter(spec, epoch)).toBe(stepsPerEpoch(spec, epoch))
        expect(epochsAfter(spec, updatesAfter(spec, epoch))).toBe(epoch)
        expect(epochsAfter(spec, updates(spec))).toBe(spec.epochs)
      }),
    )
  })

  it('of a growing batch are less work than its beginning all the way, and more than its end', () => {
    const of = (given: PartialSpec) => estimateOperations(completeSpec(given))
    const grown = of({ batchSize: 4, batchSizeSchedule: '50:256' })
    expect(grown).toBeLessThan(of({ batchSize: 4 }))
    expect(grown).toBeGreaterThan(of({ batchSize: 256 }))
    expect(grown).toBeCloseTo(of({ batchSize: 4, epochs: 50 }) + of({ batchSize: 256, epochs: 150 }), -3)
  })
})

describe('a schedule as a text', () => {
  it('is read and written again, exponents and all', () => {
    expect(splitChanges('5:1e-4-9:1e-5')).toEqual([
      ['5', '1e-4'],
      ['9', '1e-5'],
    ])
    expect(splitChanges('cosine')).toEqual([])
    expect(joinChanges([{ epoch: 5, value: 'full' }])).toBe('5:full')
    expect(joinChanges([])).toBe('constant')
  })
})

describe('the learning rate', () => {
  const float = (values: number[]) => values.map(Math.fround)

  it('is the same throughout, unless something says otherwise', () => {
    expect(new Set(rates({}))).toEqual(new Set(float([0.01])))
  })

  it('changes after the epochs that are named', () => {
    const all = rates({ learningRateSchedule: '1:0.1-3:0.001' })
    expect([all[9], all[10], all[29], all[30], all[39]]).toEqual(float([0.01, 0.1, 0.1, 0.001, 0.001]))
  })

  it('falls in a line to 0, where the update after the last would be', () => {
    const all = rates({ learningRateSchedule: 'linear', learningRate: 1 })
    expect(all[0]).toBe(1)
    expect(all[20]).toBe(0.5)
    expect(all[39]).toBe(Math.fround(1 / 40))
  })

  it('falls along a cosine', () => {
    const all = rates({ learningRateSchedule: 'cosine', learningRate: 1 })
    for (const [update, rate] of all.entries())
      expect(rate).toBeCloseTo(0.5 * (1 + Math.cos((Math.PI * update) / 40)), 7)
    expect(all[39]).toBeGreaterThan(0)
  })

  it('rises through the warmup up to its full value, and goes on from there', () => {
    const all = rates({ warmup: 2, learningRateSchedule: 'linear', learningRate: 1 })
    expect(all.slice(0, 3)).toEqual(float([1 / 20, 2 / 20, 3 / 20]))
    expect([all[19], all[20], all[30]]).toEqual([1, 1, 0.5])
    expect(rates({ warmup: 2, learningRateSchedule: '1:0.1' })[14]).toBe(Math.fround(Math.fround(0.1) * 0.75))
  })
})

it('the cosine is that of mathematics within 1e-10', () => {
  for (let step = 0; step <= 1000; step++)
    expect(Math.abs(cosine(step / 1000) - Math.cos((Math.PI * step) / 1000))).toBeLessThan(1e-10)
})
