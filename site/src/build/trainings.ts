/** A pool of worker threads for the build's trainings, so that a first build uses all of the machine's processors. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'

import { Tinypool } from 'tinypool'

import type { ExperimentSpec } from '#experiment/spec/spec.ts'

const pool = new Tinypool({
  // A path relative to the repository's root, where the build runs, because this module is bundled to another place.
  filename: resolve('site/src/build/training.node.ts'),
  runtime: 'worker_threads',
  isolateWorkers: false,
  maxThreads: availableParallelism(),
})

/** The functions that `training.node.ts` exports, which a thread calls by name. */
type Tasks = typeof import('./training.node.ts')

function runTask<Name extends keyof Tasks>(name: Name, spec: ExperimentSpec): Promise<ReturnType<Tasks[Name]>> {
  return pool.run(spec, { name }) as Promise<ReturnType<Tasks[Name]>>
}

/** Trains an experiment with the fused engine in a thread; the numbers do not depend on which. */
export const trainInThread = (spec: ExperimentSpec) => runTask('trainTask', spec)

/** The duration of one run of an experiment on this machine, in seconds of processor time. */
export const threadSecondsOf = (spec: ExperimentSpec) => runTask('secondsOf', spec)
