/** What a thread of the build does: it trains the experiment that it is given. */
import { splitOf } from '#datasets/split.ts'
import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainFused } from '#training/fused/train.ts'
import { Slice, toTheEnd } from '#training/progress.ts'

/** Trains an experiment with the fused engine. */
export function trainTask(spec: ExperimentSpec): Numbers {
  return toTheEnd(trainFused(spec, splitOf(spec), new Slice()))
}

/**
 * How long one run of an experiment trains, in seconds of processor time, as other threads are at work: the median of
 * a few, since a first one warms up.
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
