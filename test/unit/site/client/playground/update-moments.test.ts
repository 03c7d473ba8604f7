/** Where slow motion begins. */
import { describe, expect, it } from 'vitest'

import type { ExperimentResult } from '#experiment/result/result.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'

import {
  dropInWords,
  updateInWords,
  updatesBefore,
  worstDropOf,
} from '../../../../../site/src/client/playground/update-moments.ts'

/** A result whose first run has these test accuracies. */
const resultWith = (testAccuracy: (number | null)[], given: PartialSpec = {}) =>
  ({
    spec: completeSpec({ epochs: testAccuracy.length, ...given }),
    runs: [{ history: { testAccuracy } }],
  }) as unknown as ExperimentResult

describe('the worst drop', () => {
  it('is the largest fall from one epoch to the next in the last quarter', () => {
    const accuracies = [0.9, 0.1, 0.5, 0.6, 0.7, 0.8, 0.75, 0.7]
    expect(worstDropOf(resultWith(accuracies))).toEqual({ epoch: 7, from: 0.8, to: 0.75 })
    expect(worstDropOf(resultWith([...accuracies.slice(0, 7), 0.5]))).toEqual({ epoch: 8, from: 0.75, to: 0.5 })
    expect(dropInWords({ epoch: 7, from: 0.8, to: 0.75 })).toBe(
      'In epoch 7, the test accuracy fell from 0.800 to 0.750.',
    )
  })

  it('is not there where nothing falls, the run diverged or is not known', () => {
    expect(worstDropOf(resultWith([0.1, 0.2, 0.3, 0.3]))).toBeUndefined()
    expect(worstDropOf(resultWith([0.5, 0.4, null, null]))).toBeUndefined()
    expect(worstDropOf(resultWith([0.5]))).toBeUndefined()
    expect(worstDropOf({ spec: completeSpec({}), runs: [] })).toBeUndefined()
  })
})

describe('slow motion', () => {
  const spec = completeSpec({ epochs: 10, batchSize: 125 })
  const drop = { epoch: 9, from: 0.8, to: 0.7 }

  it('begins with the first update, that of the drop, or the one after the cursor', () => {
    const at = (epoch: number, step = 0) => ({ drop, place: { epoch, step } })
    expect(updatesBefore(spec, 'first', at(5))).toBe(0)
    expect(updatesBefore(spec, 'drop', at(5))).toBe(8 * 4)
    expect(updatesBefore(spec, 'drop', { ...at(5), drop: undefined })).toBe(0)
    expect(updatesBefore(spec, 'cursor', at(5))).toBe(20)
    expect(updatesBefore(spec, 'cursor', at(5, 3))).toBe(23)
    expect(updatesBefore(spec, 'cursor', at(10))).toBe(39)
  })

  it('names the update', () => {
    expect(updateInWords(spec, { epoch: 8, step: 2 })).toBe('update 3 of 4 in epoch 9')
    expect(updateInWords(completeSpec({ batchSize: 'full' }), { epoch: 0, step: 0 })).toBe('the only update of epoch 1')
  })
})
