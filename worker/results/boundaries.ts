/** The cache of decision boundaries, each of an experiment's first run. */
import type { Boundary } from '#experiment/result/boundary.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Progress, Slice } from '#training/progress.ts'

import { numberBytes, MeasurementCache } from './measurement-cache.ts'
import type { Caller, Source } from './results.ts'
import type { Trainings } from './trainings.ts'

type Trainer = (spec: ExperimentSpec, slice: Slice) => Generator<Progress, Boundary, void>

export class BoundaryCache {
  readonly #remembered: MeasurementCache<{ spec: ExperimentSpec }, Boundary>

  constructor(trainings: Trainings, train: Trainer) {
    this.#remembered = new MeasurementCache(trainings, {
      name: 'boundary-2',
      train: ({ spec }, slice) => train(spec, slice),
      workOf: ({ spec }) => estimateOperations(spec),
      bytesOf: ({ columns, rows }) => 2 * columns * rows * numberBytes,
    })
  }

  /**
   * The decision boundary of an experiment's first run, from a cache or trained.
   *
   * @throws BusyError if it would have to be trained and the queue is full; whatever `caller.admit` throws
   */
  async get(spec: ExperimentSpec, caller: Caller): Promise<{ boundary: Boundary; source: Source }> {
    const { value, source } = await this.#remembered.get({ spec: { ...spec, seeds: 1 } }, caller)
    return { boundary: value, source }
  }
}
