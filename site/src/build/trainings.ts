/** A pool of worker threads for the build's trainings, so that a first build uses all of the machine's processors. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

import { Tinypool } from 'tinypool'

import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

const pool = new Tinypool({
  // A path relative to the repository's root, where the build runs, because this module is bundled to another place.
  filename: resolve('site/src/build/training.node.ts'),
  runtime: 'worker_threads',
  isolateWorkers: false,
  maxThreads: availableParallelism(),
})

/** Trains an experiment with the fused engine in a thread; the numbers do not depend on which. */
export const trainInThread = (spec: ExperimentSpec) => pool.run(spec, { name: 'train' }) as Promise<Numbers>

/** The duration of one run of an experiment on this machine, in seconds of processor time. */
export const threadSecondsOf = (spec: ExperimentSpec) => pool.run(spec, { name: 'secondsOf' }) as Promise<number>
