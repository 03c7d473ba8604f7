/**
 * The decision boundary of the newest experiment's first run at the cursor's place. The last one stays until the next is
 * there. Where the browser cannot train, the Worker gives the boundary at the end of the run.
 */
import { useEffect, useState } from 'preact/hooks'

import type { Boundary } from '#experiment/result/boundary.ts'
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'
import { isInPlane } from '#experiment/spec/data-kind.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Shown } from '#playground-view/address.ts'
import { runPositionOf, type RunPosition } from '#playground-view/run-position.ts'

import { Failure, request } from '../request.ts'
import { TrainerError, type Trainer } from '../trainer/trainer.ts'
import type { LiveState } from './live-state.ts'

/** What the plane shows. */
export interface LivePlane {
  spec: ExperimentSpec
  data: LabeledPoints
  boundary: Boundary
  place: RunPosition
}

/**
 * @param trainer undefined where the Worker alone trains
 * @param shown says where the cursor is
 */
export function useBoundary(
  trainer: Trainer | undefined,
  { spec, result, isOver }: LiveState,
  shown: Pick<Shown, 'epoch' | 'update'>,
): LivePlane | undefined {
  const [plane, setPlane] = useState<LivePlane>()
  const { epoch, step } = runPositionOf(spec, trainer ? shown : {})
  const isKnown = isOver || result.summary.runs > 0
  useEffect(() => {
    // Stock TensorFlow.js would have to train it anew, which takes too long for a picture.
    if (spec.engine !== 'fused' || !isInPlane(spec) || !isKnown) return undefined
    if (!trainer && spec.dataset === 'own') return undefined
    const asking = new AbortController()
    const { signal } = asking
    const draw = async () => {
      try {
        const [data, boundary] = await (trainer
          ? Promise.all([trainer.pointsOf(spec), trainer.boundaryAt(spec, { epoch, step })])
          : askWorker(spec, signal))
        if (data && boundary && !signal.aborted) setPlane({ spec, data, boundary, place: { epoch, step } })
      } catch (error) {
        // The status bar says that the browser cannot train, or that the Worker does not answer.
        if (!signal.aborted && !(error instanceof TrainerError || error instanceof Failure)) throw error
      }
    }
    void draw()
    return () => asking.abort()
  }, [trainer, spec, epoch, step, isKnown])
  return plane
}

/** The Worker's points and boundary, after the last epoch. */
async function askWorker(spec: ExperimentSpec, signal: AbortSignal): Promise<[LabeledPoints, Boundary]> {
  const ask = async (route: string) => {
    const { json } = await request(withQuery(route, specQuery(spec)), {
      isFresh: false,
      signal,
      onWait: () => undefined,
    })
    return json
  }
  const [data, boundary] = await Promise.all([ask('/api/dataset'), ask('/api/boundary')])
  return [data as LabeledPoints, boundary as Boundary]
}
