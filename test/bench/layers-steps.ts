/**
 * CPU time of one update of the stock TensorFlow.js model, by depth, optimizer, averaging and weight decay, beside what
 * `worker/experiment/spec/cost.ts` estimates: its constants for `engine=layers` are fitted to this.
 *
 *   npm run bench:layers-steps               each update
 *   npm run bench:layers-steps -- largest    the largest experiments that the budget allows, in workerd
 */
import { splitOf } from '#datasets/split.ts'
import { runWork } from '#experiment/spec/cost.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { optimizerNames } from '#methods/optimizers.ts'
import { trainLayers } from '#training/layers/train.ts'
import { Slice } from '#training/progress.ts'

import { measureLargest } from './layers-largest.ts'
import { table } from './measure.ts'

/** Updates of a measurement, and how often each spec has its turn; the fastest turn counts, as other load only adds. */
const updates = 150
const rounds = 8

/** Nanoseconds of an operation, as `work.ts` defines it. */
const operation = 0.04

/** CPU milliseconds of an update, those of the evaluation at the end included. */
function millisecondsOf(spec: ExperimentSpec): number {
  const split = splitOf(spec)
  const before = process.cpuUsage()
  const training = trainLayers(spec, split, new Slice())
  while (!training.next().done);
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / updates
}

/** A spec of one epoch with the number of updates that is measured. */
const specOf = (fields: PartialSpec) =>
  completeSpec({
    engine: 'layers',
    activation: 'tanh',
    learningRate: 0.001,
    examples: updates * 2,
    trainFraction: 0.5,
    batchSize: 1,
    epochs: 1,
    ...fields,
  })

const specs = ['none', '8', '8-8', '8-8-8'].flatMap((hiddenUnits) =>
  optimizerNames.flatMap((optimizer) =>
    (['none', 'ema'] as const).flatMap((averaging) =>
      [0, 0.01].map((weightDecay) => specOf({ hiddenUnits, optimizer, averaging, weightDecay })),
    ),
  ),
)
/** Prints the CPU time of an update of each. */
function measureUpdates(): void {
  const fastest = specs.map(() => Infinity)
  // The first round warms up.
  for (let round = 0; round <= rounds; round++)
    specs.forEach((spec, index) => {
      const time = millisecondsOf(spec)
      if (round > 0) fastest[index] = Math.min(fastest[index]!, time)
    })
  console.log(
    table(
      ['hidden units', 'optimizer', 'averaging', 'weight decay', 'CPU ms an update', 'estimate', 'ratio'],
      specs.map((spec, index) => {
        const estimate = (runWork(spec) * operation) / 1e6 / updates
        const { hiddenUnits, optimizer, averaging, weightDecay } = spec
        const numbers = [fastest[index]!, estimate, fastest[index]! / estimate].map((value) => value.toFixed(2))
        return [hiddenUnits, optimizer, averaging, String(weightDecay), ...numbers]
      }),
    ),
  )
}

if (process.argv[2] === 'largest') await measureLargest()
else measureUpdates()
