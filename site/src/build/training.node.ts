/**
 * The tasks of the build's worker threads: training runs, measuring their duration, and measurements that take long.
 */
import { splitOf } from '#datasets/split.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { mostFreshExamples } from '#experiment/result/generalization-question.ts'
import type { Generalization } from '#experiment/result/generalization.ts'
import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { predictFused } from '#training/fused/predict.ts'
import { trainFused } from '#training/fused/train.ts'
import { generalizationBy } from '#training/generalization.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { sharpnessAfter } from '../../../worker/training/fused/sharpness.ts'
import { drawBoundaries } from './boundary-epochs.ts'
import { risesIn } from './values/rises.ts'

/** Trains an experiment with the fused engine. */
export function trainTask(spec: ExperimentSpec): Numbers {
  return runToEnd(trainFused(spec, splitOf(spec), new Slice()))
}

/**
 * The duration of one run of an experiment, in seconds of processor time, since other threads are working at the same
 * time. It is the median of several runs, because the first ones warm up the code.
 */
export function secondsOf(spec: ExperimentSpec): number {
  const times = Array.from({ length: 5 }, () => {
    const before = process.threadCpuUsage()
    trainTask({ ...spec, seeds: 1 })
    const { user, system } = process.threadCpuUsage(before)
    return (user + system) / 1e6
  })
  return times.toSorted((a, b) => a - b)[2]!
}

/** The difference of two experiments on the same fresh examples, with its standard error by the examples. */
export type Lead = NonNullable<Generalization['comparison']>['difference']

/** How much more often an experiment's runs are right than those of the pinned one on the same fresh examples. */
export function leadTask(given: { spec: ExperimentSpec; pinned: ExperimentSpec }): Lead {
  const question = { ...given, freshExamples: mostFreshExamples }
  return runToEnd(generalizationBy(() => predictFused, question)).comparison!.difference
}

/** The measurements that pages show besides results and that take long, each computed from a spec and some integers. */
export const measures = {
  /** The generalization of its runs on fresh examples. */
  generalization: (spec: ExperimentSpec): Generalization =>
    runToEnd(generalizationBy(() => predictFused, { spec, freshExamples: mostFreshExamples })),
  /** The sharpness of the loss after some epochs, as a mean over the runs. */
  sharpness(spec: ExperimentSpec, epochs: number): number {
    const runs = Array.from({ length: spec.seeds }, (_, run) =>
      sharpnessAfter({ ...spec, seed: spec.seed + run }, epochs),
    )
    return runs.reduce((sum, value) => sum + value / spec.seeds, 0)
  },
  /** How often an update raised the training loss between two epochs. */
  rises(spec: ExperimentSpec, from: number, to: number): number {
    const outcome = { digest: '', fingerprint: '', numbers: trainTask(spec) }
    return risesIn(deriveResult(spec, outcome, { histories: spec.seeds, curves: false }), from, to)
  },
  /** The decision boundaries after each of the first run's last epochs. */
  boundaries: (spec: ExperimentSpec, epochs: number): string[] => drawBoundaries(spec, epochs).paths,
} satisfies Record<string, (spec: ExperimentSpec, ...numbers: number[]) => unknown>

/** The result type of each measurement, by name. */
export type Measured = { [Name in keyof typeof measures]: ReturnType<(typeof measures)[Name]> }

/** Computes one of the measurements of an experiment. */
export function measureTask<Name extends keyof Measured>(job: {
  name: Name
  spec: ExperimentSpec
  numbers: readonly number[]
}): Measured[Name] {
  const by: (spec: ExperimentSpec, ...numbers: number[]) => unknown = measures[job.name]
  return by(job.spec, ...job.numbers) as Measured[Name]
}
