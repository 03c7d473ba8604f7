/** What is known of an update of an experiment's first run. */
import { useEffect, useMemo, useState } from 'preact/hooks'

import type { Boundary } from '#experiment/result/boundary.ts'
import { isInPlane } from '#experiment/spec/data-kind.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { RunPosition } from '#playground-view/run-position.ts'
import type { Step } from '#training/fused/step.ts'

import { createTrainer, TrainerError } from '../trainer/trainer.ts'

/** An update, and for data in the plane the decision boundary before and after it. */
export interface SeenUpdate {
  spec: ExperimentSpec
  step: Step
  boundaries: Record<'before' | 'after', Boundary> | undefined
}

/**
 * The update that follows on a moment. The last one stays until the next is known; undefined before the first, and null
 * if the run does not get there.
 */
export function useUpdate(spec: ExperimentSpec, { epoch, step }: RunPosition): SeenUpdate | null | undefined {
  const trainer = useMemo(() => createTrainer(), [])
  const [seen, setSeen] = useState<SeenUpdate | null>()
  const query = specQuery(spec).toString()
  useEffect(() => {
    let isOld = false
    const boundaryAt = (after: number) => trainer.boundaryAt(spec, { epoch, step: step + after })
    const ask = async () => {
      try {
        const taken = await trainer.stepAt(spec, { epoch, step })
        if (taken === undefined || isOld) return
        const [before, after] = taken && isInPlane(spec) ? [await boundaryAt(0), await boundaryAt(1)] : []
        if (!isOld) setSeen(taken && { spec, step: taken, boundaries: before && after && { before, after } })
      } catch (error) {
        // The status bar says that the browser cannot train.
        if (!(error instanceof TrainerError)) throw error
      }
    }
    void ask()
    return () => {
      isOld = true
    }
    // A result that grows while it is trained has the same spec in other objects.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [trainer, query, epoch, step])
  return seen
}
