/**
 * The decision boundary of the newest experiment's first run, at the place of the cursor. While another is under way the
 * last one stays.
 */
import { useEffect, useState } from 'preact/hooks'

import type { Boundary } from '#experiment/boundary.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import type { Shown } from '#instrument/address.ts'
import { placeOf, type Place } from '#instrument/place.ts'

import { TrainerError, type Trainer } from '../trainer/trainer.ts'
import type { Live } from './laboratory.ts'

/** What the plane shows. */
export interface PlaneScene {
  spec: ExperimentSpec
  data: LabeledPoints
  boundary: Boundary
  place: Place
}

/** @param shown says where the cursor is */
export function useBoundary(
  trainer: Trainer | undefined,
  { spec, result, isOver }: Live,
  shown: Pick<Shown, 'epoch' | 'update'>,
): PlaneScene | undefined {
  const [plane, setPlane] = useState<PlaneScene>()
  const { epoch, step } = placeOf(spec, shown)
  const isKnown = isOver || result.summary.runs > 1
  useEffect(() => {
    if (!trainer || spec.engine !== 'fused' || !isKnown) return undefined
    let isOld = false
    const draw = async () => {
      try {
        const [data, boundary] = await Promise.all([trainer.pointsOf(spec), trainer.boundaryAt(spec, { epoch, step })])
        if (data && boundary && !isOld) setPlane({ spec, data, boundary, place: { epoch, step } })
      } catch (error) {
        // The session says that the browser cannot train.
        if (!(error instanceof TrainerError)) throw error
      }
    }
    void draw()
    return () => {
      isOld = true
    }
  }, [trainer, spec, epoch, step, isKnown])
  return plane
}
