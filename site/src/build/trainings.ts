/**
 * A pool of worker threads for the build's trainings and measurements, so that it uses all of the machine's processors.
 */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

import { Tinypool } from 'tinypool'

import type { Numbers } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { Lead, Measured } from './training.node.ts'

const pool = new Tinypool({
  // A path relative to the repository's root, where the build runs, because this module is bundled to another place.
  filename: resolve('site/src/build/training.node.ts'),
  runtime: 'worker_threads',
  isolateWorkers: false,
  maxThreads: availableParallelism(),
  // Longer than a page without trainings takes, because a new thread must load and warm up everything again.
  idleTimeout: 10_000,
})

/** The functions of `training.node.ts`, which threads call by name. */
type Tasks = typeof import('./training.node.ts')

const run = (name: Exclude<keyof Tasks, 'measures'>, argument: unknown) => pool.run(argument, { name })

/** Trains an experiment with the fused engine in a thread; the numbers do not depend on which. */
export const trainInThread = (spec: ExperimentSpec) => run('trainTask', spec) as Promise<Numbers>

/** The duration of one run of an experiment on this machine, in seconds of processor time. */
export const threadSecondsOf = (spec: ExperimentSpec) => run('secondsOf', spec) as Promise<number>

/** Compares two experiments on the same fresh examples in a thread. */
export const measureLead = (spec: ExperimentSpec, pinned: ExperimentSpec) =>
  run('leadTask', { spec, pinned }) as Promise<Lead>

/** Computes a measurement of an experiment in a thread. */
export const measure = <Name extends keyof Measured>(name: Name, spec: ExperimentSpec, numbers: readonly number[]) =>
  run('measureTask', { name, spec, numbers }) as Promise<Measured[Name]>
