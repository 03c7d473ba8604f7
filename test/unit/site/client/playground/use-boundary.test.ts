/** The decision boundary: when it is asked for, and of which moment. */
import { describe, expect, it, vi } from 'vitest'

import type { Boundary } from '#experiment/result/boundary.ts'
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { liveResult } from '../../../../../site/src/client/live-result.ts'
import type { LiveState } from '../../../../../site/src/client/playground/live-state.ts'
import { useBoundary } from '../../../../../site/src/client/playground/use-boundary.ts'
import type { Trainer } from '../../../../../site/src/client/trainer/trainer.ts'
import { renderHook } from '../../../../support/hooks.ts'

const spec = completeSpec({ epochs: 4, seeds: 2 })
const liveAt = (ended: readonly number[]): LiveState => ({
  spec,
  result: liveResult(spec, { numbers: emptyNumbers(spec), ended: [...ended] }),
  progress: 0,
  isOver: ended.length === spec.seeds,
  isStopped: false,
})

function asked() {
  const boundaryAt = vi.fn<Trainer['boundaryAt']>(() => Promise.resolve({} as Boundary))
  const pointsOf = vi.fn<Trainer['pointsOf']>(() => Promise.resolve({} as LabeledPoints))
  const trainer = { boundaryAt, pointsOf } as Partial<Trainer> as Trainer
  const hook = renderHook(({ live, epoch }: { live: LiveState; epoch?: number }) =>
    useBoundary(trainer, live, epoch === undefined ? {} : { epoch }),
  )
  return { ...hook, boundaryAt, pointsOf }
}

describe('the decision boundary', () => {
  it('is not asked for before a run of the experiment is over, and then at once', async () => {
    const { render, boundaryAt, pointsOf, value, end } = asked()
    render({ live: liveAt([]) })
    expect([boundaryAt.mock.calls, pointsOf.mock.calls]).toEqual([[], []])
    render({ live: liveAt([0]) })
    await expect.poll(() => boundaryAt.mock.calls).toEqual([[spec, { epoch: 4, step: 0 }]])
    await expect.poll(() => value()?.place).toEqual({ epoch: 4, step: 0 })
    // More runs say nothing new of the first.
    render({ live: liveAt([0, 1]) })
    render({ live: liveAt([0, 1]), epoch: 2 })
    await expect.poll(() => value()?.place).toEqual({ epoch: 2, step: 0 })
    expect(boundaryAt.mock.calls.length).toBe(2)
    end()
  })
})
