/** The trainings of a build, shared out over threads, so that all of a machine's processors work. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

import { Tinypool } from 'tinypool'

import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { Measured } from './training.node.ts'

const pool = new Tinypool({
  // A path relative to the repository's root, where the build runs, because this module is bundled to another place.
  filename: resolve('site/src/build/training.node.ts'),
  runtime: 'worker_threads',
  isolateWorkers: false,
  maxThreads: availableParallelism(),
  // Longer than a page without trainings takes: a thread that starts anew loads and warms everything again.
  idleTimeout: 10_000,
})

/** Trains an experiment with the fused engine: equal numbers in whichever thread. */
export const trainInThread = (spec: ExperimentSpec) => pool.run(spec, { name: 'trainTask' }) as Promise<Numbers>

/** How long one run of an experiment trains here, in seconds of processor time. */
export const threadSecondsOf = (spec: ExperimentSpec) => pool.run(spec, { name: 'secondsOf' }) as Promise<number>

/** Measures something of an experiment that takes long. */
export const measure = <Name extends keyof Measured>(name: Name, spec: ExperimentSpec, numbers: readonly number[]) =>
  pool.run({ name, spec, numbers }, { name: 'measureTask' }) as Promise<Measured[Name]>
