/** Where the cursor stands in a run, and the steps that it takes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { completeSpec } from '#experiment/spec/spec.ts'
import { epochsAfter, updates, updatesAfter } from '#experiment/spec/training-size.ts'
import {
  endOf,
  momentText,
  runPositionAt,
  runPositionText,
  runPositionOf,
  positionOf,
  readingText,
  shownAt,
  stepFrom,
  type RunPosition,
  type Unit,
} from '#playground-view/run-position.ts'

import { fieldsAndSpec } from '../../support/arbitrary-spec.ts'

const spec = completeSpec({ epochs: 10 })
const many = completeSpec({ epochs: 10, batchSize: 'full' })

/** The places that steps lead to, as updates, until there is none. */
function walk(from: RunPosition, unit: Unit, direction: 1 | -1): number[] {
  const places: number[] = []
  for (let next = stepFrom(spec, from, unit, direction); next; next = stepFrom(spec, next, unit, direction))
    places.push(updatesAfter(spec, next.epoch) + next.step)
  return places
}

describe('the cursor', () => {
  it('is read out with the values there, as a chart reads them out', () => {
    const values = 'train 0.590, test 0.652'
    expect(readingText(spec, 'epochs', { epoch: 3, step: 0 }, values)).toBe(`epoch 3: ${values}`)
    expect(readingText(spec, 'epochs', { epoch: 2, step: 5 }, values)).toBe(`update 37 of 160, in epoch 3: ${values}`)
    expect(readingText(spec, 'updates', { epoch: 2, step: 0 }, values)).toBe(
      `update 32 of 160, after epoch 2: ${values}`,
    )
    expect(readingText(spec, 'epochs', { epoch: 3, step: 0 }, undefined)).toBe('epoch 3 of 10')
  })

  it('rests at the end where nothing says otherwise, or what is said is not in the run', () => {
    const end = { epoch: 10, step: 0 }
    expect(
      [{}, { epoch: 10 }, { epoch: 99 }, { update: 160 }, { update: 9999 }].map((at) => runPositionOf(spec, at)),
    ).toEqual(Array.from({ length: 5 }, () => end))
    expect(runPositionOf(spec, { epoch: 3 })).toEqual({ epoch: 3, step: 0 })
    expect(runPositionOf(spec, { update: 37 })).toEqual({ epoch: 2, step: 5 })
  })

  it('is shown so that it is found again, by the epoch where one is over', () => {
    fc.assert(
      fc.property(fieldsAndSpec, fc.double({ min: 0, max: 1, noNaN: true }), ({ spec: any }, share) => {
        const update = Math.max(1, Math.round(share * updates(any)))
        const place = runPositionOf(any, { update })
        expect(updatesAfter(any, place.epoch) + place.step).toBe(update)
        const shown = shownAt(any, place)
        expect(runPositionOf(any, shown)).toEqual(place)
        expect(Object.keys(shown)).toEqual(
          update === updates(any) ? [] : Number.isInteger(epochsAfter(any, update)) ? ['epoch'] : ['update'],
        )
      }),
      { numRuns: 200, seed: 5 },
    )
  })
})

describe('an axis', () => {
  it('leads from each of its positions to a place and back', () => {
    for (const axis of ['epochs', 'updates'] as const) {
      const positions = Array.from({ length: endOf(spec, axis) }, (_, index) => index + 1)
      expect(positions.map((position) => positionOf(spec, axis, runPositionAt(spec, axis, position)))).toEqual(
        positions,
      )
    }
    expect([endOf(spec, 'epochs'), endOf(spec, 'updates')]).toEqual([10, 160])
    expect(runPositionAt(spec, 'updates', 37)).toEqual({ epoch: 2, step: 5 })
  })

  it('has its own words for a place; between two epochs all say the update', () => {
    const places: RunPosition[] = [
      { epoch: 2, step: 0 },
      { epoch: 2, step: 5 },
      { epoch: 10, step: 0 },
    ]
    const words = (axis: 'epochs' | 'updates') =>
      places.flatMap((place) => [runPositionText(spec, axis, place), momentText(spec, axis, place)])
    expect(words('epochs')).toEqual([
      'epoch 2 of 10',
      'epoch 2',
      'update 37 of 160, in epoch 3',
      'update 37, in epoch 3',
      'epoch 10 of 10',
      'the last epoch',
    ])
    expect(words('updates')).toEqual([
      'update 32 of 160, after epoch 2',
      'update 32, the last of epoch 2',
      'update 37 of 160, in epoch 3',
      'update 37, in epoch 3',
      'update 160 of 160, after epoch 10',
      'the last update',
    ])
  })
})

describe('a step', () => {
  it('by update goes through every update, from the first to the last', () => {
    const all = Array.from({ length: 160 }, (_, index) => index + 1)
    expect(walk({ epoch: 0, step: 0 }, 'update', 1)).toEqual(all)
    expect(walk({ epoch: 10, step: 0 }, 'update', -1)).toEqual(all.slice(0, -1).toReversed())
  })

  it('by epoch goes to where one is over, the next or the last', () => {
    expect(walk({ epoch: 7, step: 3 }, 'epoch', 1)).toEqual([128, 144, 160])
    expect(walk({ epoch: 3, step: 3 }, 'epoch', -1)).toEqual([48, 32, 16])
    expect(walk({ epoch: 0, step: 3 }, 'epoch', -1)).toEqual([])
    expect(walk({ epoch: 0, step: 3 }, 'epoch', 1)[0]).toBe(16)
  })

  it('is the same by both in full batches', () => {
    for (const direction of [1, -1] as const)
      expect(stepFrom(many, { epoch: 4, step: 0 }, 'update', direction)).toEqual(
        stepFrom(many, { epoch: 4, step: 0 }, 'epoch', direction),
      )
  })
})
