/** What a thread of the build does: it trains runs, times them, and measures what takes long. */
import { splitOf } from '#datasets/split.ts'
import { deriveResult } from '#experiment/result/derive.ts'
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

/** What pages show of an experiment beside its result, and what takes long: each from its spec and some whole numbers. */
export const measures = {
  /** How well its runs do on fresh points. */
  generalization: (spec: ExperimentSpec): Generalization => runToEnd(generalizationBy(predictFused, spec)),
  /** The sharpness of the loss after some epochs, a mean over the runs. */
  sharpness(spec: ExperimentSpec, epochs: number): number {
    const runs = Array.from({ length: spec.seeds }, (_, run) =>
      sharpnessAfter({ ...spec, seed: spec.seed + run }, epochs),
    )
    return runs.reduce((sum, value) => sum + value / spec.seeds, 0)
  },
  /** How often a step raised the training loss, from one epoch to another. */
  rises(spec: ExperimentSpec, from: number, to: number): number {
    const outcome = { digest: '', fingerprint: '', numbers: trainTask(spec) }
    return risesIn(deriveResult(spec, outcome, { histories: spec.seeds, curves: false }), from, to)
  },
  /** The boundaries after each of the first run's last epochs. */
  boundaries: (spec: ExperimentSpec, epochs: number): string[] => drawBoundaries(spec, epochs).paths,
} satisfies Record<string, (spec: ExperimentSpec, ...numbers: number[]) => unknown>

/** By the name of a measure, what it gives. */
export type Measured = { [Name in keyof typeof measures]: ReturnType<(typeof measures)[Name]> }

/** Measures something of an experiment. */
export function measureTask<Name extends keyof Measured>(job: {
  name: Name
  spec: ExperimentSpec
  numbers: readonly number[]
}): Measured[Name] {
  const by: (spec: ExperimentSpec, ...numbers: number[]) => unknown = measures[job.name]
  return by(job.spec, ...job.numbers) as Measured[Name]
}
