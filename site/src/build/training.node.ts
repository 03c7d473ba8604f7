/**
 * The tasks of the build's worker threads: training runs, measuring their duration, and measurements that take long.
 */
import { splitOf } from '#datasets/split.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { mostFreshExamples } from '#experiment/result/generalization-question.ts'
import type { Generalization } from '#experiment/result/generalization.ts'
import { column, type Numbers } from '#experiment/result/numbers.ts'
import { mean, successiveDeviation } from '#experiment/result/statistics.ts'
import { windowOf } from '#experiment/result/window.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { measureNoise } from '#training/fused/noise.ts'
import { predictFused } from '#training/fused/predict.ts'
import { trainFused } from '#training/fused/train.ts'
import { generalizationBy } from '#training/generalization.ts'
import { Slice, runToEnd } from '#training/progress.ts'

import { sharpnessAfter } from '../../../worker/training/fused/sharpness.ts'
import { drawBoundaries } from './boundary-epochs.ts'
import { rareClass, sortedByClass, withRareClass } from './values/changed-split.ts'
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

const meanOfRuns = ({ seeds }: ExperimentSpec, of: (run: number) => number) =>
  mean(Array.from({ length: seeds }, (_, run) => of(run)))

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
  /** The instability of each run over its last epochs, of which there are fewer than an instability has by default. */
  lateInstability(spec: ExperimentSpec, epochs: number): number[] {
    const numbers = trainTask(spec)
    return Array.from({ length: spec.seeds }, (_, run) => {
      const accuracies = Array.from(column(numbers, spec, run, 'testAccuracy').subarray(-epochs - 1))
      return Number(successiveDeviation(accuracies).toPrecision(6))
    })
  },
  /** The noise scale of each run after an epoch. */
  noiseScales: (spec: ExperimentSpec, epoch: number): number[] =>
    Array.from({ length: spec.seeds }, (_, run) => {
      const one = { ...spec, seed: spec.seed + run, seeds: 1 }
      const { epochs, noiseScale } = runToEnd(measureNoise(one, splitOf(one), new Slice(), () => {}))
      return Number(noiseScale[epochs.indexOf(epoch)]!.toPrecision(6))
    }),
  /** The mean final test accuracy where the training examples are sorted by class. */
  sortedAccuracy(spec: ExperimentSpec): number {
    const numbers = runToEnd(trainFused(spec, sortedByClass(splitOf(spec)), new Slice()))
    return meanOfRuns(spec, (run) => column(numbers, spec, run, 'testAccuracy').at(-1)!)
  },
  /** How much the best test accuracy of a run exceeds its mean over the last quarter of the epochs, as a mean over runs. */
  flattery(spec: ExperimentSpec): number {
    const numbers = trainTask(spec)
    return meanOfRuns(spec, (run) => {
      const accuracies = column(numbers, spec, run, 'testAccuracy')
      return Math.max(...accuracies) - mean(accuracies.subarray(-windowOf(spec)))
    })
  },
  /** The plain mean of the first run's test accuracies on the parts of the test split that have `size` examples each, or fewer in the last. */
  meanOfParts(spec: ExperimentSpec, size: number): number {
    const { train, test } = splitOf(spec)
    const network = new FusedNetwork(spec, { train, test })
    network.begin(spec.seed)
    network.advance(spec.epochs)
    const { classes } = network.predict(test.inputs)
    network.dispose()
    const hits = Array.from(test.labels, (label, row) => Number(label === classes[row]))
    const parts = Array.from({ length: Math.ceil(test.count / size) }, (_, part) =>
      mean(hits.slice(part * size, (part + 1) * size)),
    )
    return mean(parts)
  },
  /** The share of the test examples of the rare class that each run recognizes, where few of them are there to train. */
  rareRecalls(spec: ExperimentSpec): number[] {
    const split = withRareClass(splitOf(spec))
    const network = new FusedNetwork(spec, split)
    const rare = Array.from(split.test.labels.keys()).filter((row) => split.test.labels[row] === rareClass)
    const recalls = Array.from({ length: spec.seeds }, (_, run) => {
      network.begin(spec.seed + run)
      network.advance(spec.epochs)
      const { classes } = network.predict(split.test.inputs)
      return Number(mean(rare.map((row) => Number(classes[row] === rareClass))).toPrecision(6))
    })
    network.dispose()
    return recalls
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
