/**
 * What the first screen shows of an experiment while it is trained: the first run's curves, and the statistics of the runs
 * that are over. Each run is described once, since there are a hundred, and an update may come every frame.
 */
import { column, metrics } from '#experiment/result/numbers.ts'
import type { Run, Summary } from '#experiment/result/result.ts'
import { describeRun } from '#experiment/result/run.ts'
import { summarize } from '#experiment/result/summary.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { LiveTraining } from '../live-experiment.ts'

/** An experiment as far as it is trained. */
export interface HeroProgress {
  spec: ExperimentSpec
  /** The first run's accuracies by epoch, as far as they are known; the rest is NaN. */
  train: Float32Array
  test: Float32Array
  /** The first run, once it is over. */
  first: Run | undefined
  /** Of the runs that are over, once there is one. */
  summary: Summary | undefined
  isOver: boolean
}

/** Describes trainings, one update after the other. */
export class HeroRuns {
  #spec: ExperimentSpec | undefined
  /** The runs of the spec that are described, by their place among its seeds. */
  #runs = new Map<number, Run>()

  describe({ spec, progress: { numbers, ended }, status }: LiveTraining): HeroProgress {
    if (spec !== this.#spec) this.#runs = new Map()
    this.#spec = spec
    const size = metrics.length * spec.epochs
    for (const run of ended) {
      if (this.#runs.has(run)) continue
      const own = { ...spec, seed: spec.seed + run, seeds: 1 }
      this.#runs.set(run, describeRun(own, numbers.subarray(run * size, (run + 1) * size), 0))
    }
    // In the order of their seeds, as the Worker sums them up.
    const runs = [...this.#runs.values()].sort((a, b) => a.seed - b.seed)
    return {
      spec,
      train: column(numbers, spec, 0, 'trainAccuracy'),
      test: column(numbers, spec, 0, 'testAccuracy'),
      first: this.#runs.get(0),
      summary: runs.length ? summarize(runs) : undefined,
      isOver: status === 'over',
    }
  }
}
