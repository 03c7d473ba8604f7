import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { requireBudget, timesInWords } from '#experiment/spec/budget.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { engines } from '#experiment/spec/engine.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { presets } from '#experiment/spec/presets.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

describe('the budget', () => {
  it('of the fused engine is 1.5 times 200 seeds of the default experiment at batch size 1', () => {
    const largest = estimateOperations(completeSpec({ batchSize: 1, seeds: 200 }))
    expect(engines.fused.budget / largest).toBeCloseTo(1.5, 2)
  })

  it('admits the tutorial’s experiments over 100 seeds, and with the layers engine those of up to 3,200 steps', () => {
    for (const { spec } of presets) expect(() => requireBudget({ ...spec, seeds: 100 })).not.toThrow()
    expect(() => requireBudget(completeSpec({ engine: 'layers' }))).not.toThrow()
    for (const batchSize of [32, 64, 128, 256, 450, 'full'] as const)
      expect(() => requireBudget(completeSpec({ batchSize, engine: 'layers' }))).not.toThrow()
    expect(() => requireBudget(completeSpec({ batchSize: 1, engine: 'layers' }))).toThrow(
      'epochs: expected at most 12 ',
    )
  })

  it('names the most epochs and seeds that fit, and they do', () => {
    fc.assert(
      fc.property(fieldsAndSpec, ({ spec }) => {
        try {
          requireBudget(spec)
          expect(estimateOperations(spec)).toBeLessThanOrEqual(engines[spec.engine].budget)
        } catch (error) {
          if (!(error instanceof InvalidQuery)) throw error
          expect(error.status).toBe(422)
          for (const { field, expected } of error.errors) {
            const times = estimateOperations(spec) / engines[spec.engine].budget
            expect(expected).toContain(`this is ${timesInWords(times)} the budget of engine=${spec.engine}`)
            // Where not one epoch fits, there is no number.
            if (expected.startsWith('fewer, with fewer seeds: ')) continue
            const most = Number(/^at most (\d+) with /.exec(expected)?.[1])
            expect(() => requireBudget({ ...spec, [field]: most })).not.toThrow()
            expect(() => requireBudget({ ...spec, [field]: most + 1 })).toThrow(InvalidQuery)
          }
        }
      }),
    )
  })

  it('is linear in epochs, seeds and examples', () => {
    const once = estimateOperations(completeSpec({ epochs: 10, examples: 1000 }))
    expect(estimateOperations(completeSpec({ epochs: 20 }))).toBe(2 * once)
    expect(estimateOperations(completeSpec({ epochs: 10, seeds: 7 }))).toBe(7 * once)
    expect(estimateOperations(completeSpec({ epochs: 10, examples: 2048, batchSize: 32 }))).toBeCloseTo(
      (estimateOperations(completeSpec({ epochs: 10, examples: 1024, batchSize: 32 })) * 2048) / 1024,
    )
  })
})
