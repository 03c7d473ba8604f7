/**
 * The canonical form of a spec: its defaults, and one spelling for each meaning. Nothing is checked here: values are
 * assumed to be within their fields' limits (spec.ts) and not to contradict each other (complete-spec.ts), as in
 * everything that the build has read. So pages that only read what the build wrote load neither schemas nor error texts.
 */
import { datasetNames, datasets, datasetsInWords, limitsOf } from '#methods/datasets.ts'
import { optimizers } from '#methods/optimizers.ts'

import { engineNames } from './engine.ts'
import { batchSizeChanges, joinChanges, learningRateChanges, type ScheduledChange } from './schedule.ts'
import type { ExperimentSpec, PartialSpec, SpecField } from './spec.ts'
import { phasesOf, trainRows } from './training-size.ts'

/** The default of every field. Some depend on the given fields: the number of classes, for example, on the dataset. */
export function defaultSpec(given: PartialSpec = {}): ExperimentSpec {
  const { dataset = datasetNames[0], data } = given
  const limits = limitsOf({ dataset, ...(data === undefined ? {} : { data }) })
  const { examples = limits.examples, trainFraction = 0.5 } = given
  const rows = trainRows({ examples, trainFraction })
  return {
    dataset: datasetNames[0],
    examples: limits.examples,
    classes: limits.classes,
    noise: limits.noise,
    datasetSeed: 2,
    trainFraction: 0.5,
    scaling: limits.scaling,
    labelNoise: 0,
    features: defaultFeatures,
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

/** The features of a point in the plane that a network gets by default. */
export const defaultFeatures = 'x-y'

/** `342 for penguins, 1461 for weather` */
function tablesInWords(field: 'examples' | 'classes'): string {
  return datasetNames
    .filter((name) => datasets[name].isTable)
    .map((name) => `${datasets[name][field]} for ${name}`)
    .join(', ')
}

/** The defaults that depend on other fields, in words. The defaults of all other fields are constants. */
export const conditionalDefaults = {
  examples: `1000, and ${tablesInWords('examples')}, all rows of each`,
  classes: `3, 2 for ${datasetsInWords(({ classes, isTable }) => classes === 2 && !isTable)}, and ${tablesInWords('classes')}`,
  noise: datasetNames
    .filter((name) => !datasets[name].isTable)
    .map((name) => `${datasets[name].noise} for ${name}`)
    .join(', '),
  scaling: `none, and standard for ${datasetsInWords(({ scaling }) => scaling === 'standard')}`,
  batchSize: '32, and full where at most 32 rows train',
} as const satisfies Partial<Record<SpecField, string>>

/**
 * The canonical spec of given fields that do not contradict each other: defaults are filled in, and settings that mean
 * the same are written in one way. A field that has no effect in this spec takes its default.
 */
export function canonicalSpec(given: PartialSpec): ExperimentSpec {
  const defaults = defaultSpec(given)
  const { data, ...fields } = given
  const isOwn = given.dataset === 'own' && data !== undefined
  const spec = { ...defaults, ...fields, ...(isOwn ? { data } : {}) }
  const rows = trainRows(spec)
  const canonical = (size: ExperimentSpec['batchSize']) => (size === rows ? 'full' : size)
  spec.batchSize = canonical(spec.batchSize)
  const sizes = batchSizeChanges(spec).map(({ epoch, value }) => ({ epoch, value: canonical(value) }))
  spec.batchSizeSchedule = joinChanges(effectiveChanges(spec.batchSize, sizes))
  if (spec.learningRateSchedule.includes(':'))
    spec.learningRateSchedule = joinChanges(effectiveChanges(spec.learningRate, learningRateChanges(spec)))
  // If every batch is complete, `lastBatch` has no effect.
  if (phasesOf(spec).every((phase) => rows % phase.rows === 0)) spec.lastBatch = 'kept'
  if (!optimizers[spec.optimizer].usesMomentum) spec.momentum = defaults.momentum
  if (spec.hiddenUnits === 'none') {
    // Without hidden layers, these two fields have no effect.
    spec.activation = defaults.activation
    spec.initializer = defaults.initializer
  }
  return spec
}

/** Drops the scheduled changes that set the value which already holds. */
function effectiveChanges<Value>(first: Value, changes: readonly ScheduledChange<Value>[]): ScheduledChange<Value>[] {
  return changes.filter(({ value }, index) => value !== (changes[index - 1]?.value ?? first))
}
