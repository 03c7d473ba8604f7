/**
 * The decision boundary of the newest experiment's first run, at the epoch of the cursor. While another is under way the
 * last one stays.
 */
import { useEffect, useState } from 'preact/hooks'

import type { Boundary } from '#experiment/boundary.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { TrainerError, type Trainer } from '../trainer/trainer.ts'
import type { Live } from './laboratory.ts'

/** What the plane shows. */
export interface PlaneScene {
  spec: ExperimentSpec
  data: LabeledPoints
  boundary: Boundary
  epoch: number
}

/** @param epoch of the cursor; undefined where it rests at the end */
export function useBoundary(
  trainer: Trainer | undefined,
  { spec, result, isOver }: Live,
  epoch: number | undefined,
): PlaneScene | undefined {
  const [plane, setPlane] = useState<PlaneScene>()
  const at = Math.min(epoch ?? spec.epochs, spec.epochs)
  const isKnown = isOver || result.summary.runs > 1
  useEffect(() => {
    if (!trainer || spec.engine !== 'fused' || !isKnown) return undefined
    let isOld = false
    const draw = async () => {
      try {
        const [data, boundary] = await Promise.all([trainer.pointsOf(spec), trainer.boundaryAt(spec, { epoch: at })])
        if (data && boundary && !isOld) setPlane({ spec, data, boundary, epoch: at })
      } catch (error) {
        // The session says that the browser cannot train.
        if (!(error instanceof TrainerError)) throw error
      }
    }
    void draw()
    return () => {
      isOld = true
    }
  }, [trainer, spec, at, isKnown])
  return plane
}
