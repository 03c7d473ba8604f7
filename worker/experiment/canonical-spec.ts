/**
 * What makes a spec canonical: its defaults, and one spelling for one meaning. Nothing is checked here: values are within
 * their fields' limits (spec.ts) and go together (complete.ts), as everything is that the build has read. So pages that
 * only read what the build wrote load neither schemas nor the words of refusals.
 */
import { optimizers } from '#methods/optimizers.ts'

import { engineNames } from './engine.ts'
import { phasesOf, trainRows } from './rows.ts'
import { batchSizeChanges, joinChanges, learningRateChanges, type Change } from './schedule.ts'
import type { ExperimentSpec, PartialSpec, SpecField } from './spec.ts'

const noiseDefaults = { blobs: 2, moons: 0.2, circles: 0.1 } as const

/** The defaults of all fields beside those given: the number of classes, say, depends on the dataset. */
export function defaultSpec(given: PartialSpec = {}): ExperimentSpec {
  const { dataset = 'blobs', examples = 1000, trainFraction = 0.5 } = given
  const rows = trainRows({ examples, trainFraction })
  return {
    dataset: 'blobs',
    examples: 1000,
    classes: dataset === 'blobs' ? 3 : 2,
    noise: noiseDefaults[dataset],
    datasetSeed: 2,
    trainFraction: 0.5,
    hiddenUnits: '50',
    activation: 'relu',
    initializer: 'heUniform',
    learningRate: 0.01,
    learningRateSchedule: 'constant',
    warmup: 0,
    optimizer: 'sgd',
    momentum: 0.9,
    weightDecay: 0,
    batchSize: rows <= 32 ? 'full' : 32,
    batchSizeSchedule: 'constant',
    averaging: 'none',
    epochs: 200,
    lastBatch: 'kept',
    shuffle: true,
    replacement: false,
    seed: 1,
    seeds: 1,
    engine: engineNames[0],
  }
}

/** In words, the defaults that depend on other fields: those of all others hold whatever is given. */
export const conditionalDefaults = {
  classes: '3, and 2 for moons and circles',
  noise: '2 for blobs, 0.2 for moons, 0.1 for circles',
  batchSize: '32, and full where at most 32 rows train',
} as const satisfies Partial<Record<SpecField, string>>

/** The canonical spec of the fields given, which go together: defaults filled in, one spelling for one meaning. */
export function canonicalSpec(given: PartialSpec): ExperimentSpec {
  const defaults = defaultSpec(given)
  const spec = { ...defaults, ...given }
  const rows = trainRows(spec)
  const canonical = (size: ExperimentSpec['batchSize']) => (size === rows ? 'full' : size)
  spec.batchSize = canonical(spec.batchSize)
  const sizes = batchSizeChanges(spec).map(({ epoch, value }) => ({ epoch, value: canonical(value) }))
  spec.batchSizeSchedule = joinChanges(trueChanges(spec.batchSize, sizes))
  if (spec.learningRateSchedule.includes(':'))
    spec.learningRateSchedule = joinChanges(trueChanges(spec.learningRate, learningRateChanges(spec)))
  // Where every batch is whole, the last one is.
  if (phasesOf(spec).every((phase) => rows % phase.rows === 0)) spec.lastBatch = 'kept'
  if (!optimizers[spec.optimizer].usesMomentum) spec.momentum = defaults.momentum
  if (spec.hiddenUnits === 'none') {
    // Without hidden layers these two change nothing.
    spec.activation = defaults.activation
    spec.initializer = defaults.initializer
  }
  return spec
}

/** The changes that change something: each to another value than the one that holds already. */
function trueChanges<Value>(first: Value, changes: readonly Change<Value>[]): Change<Value>[] {
  return changes.filter(({ value }, index) => value !== (changes[index - 1]?.value ?? first))
}
