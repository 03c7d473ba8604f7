/** The tasks of the build's worker threads: training an experiment, and measuring its duration. */
import { splitOf } from '#datasets/split.ts'
import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice, runToEnd } from '#training/progress.ts'

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
