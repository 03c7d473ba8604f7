/**
 * The canonical form of a spec: its defaults and the rules that span several fields. Each value is assumed to be within
 * its field's own limits, which the table in spec.ts checks. This file is separate from that table so that pages which
 * only read what the build wrote need not load any schemas.
 */
import { datasetNames, datasets, datasetsInWords } from '#methods/datasets.ts'
import { optimizers } from '#methods/optimizers.ts'

import { engineNames } from './engine.ts'
import { fieldError, InvalidQuery, type FieldError } from './errors.ts'
import { batchSizeChanges, joinChanges, learningRateChanges, splitChanges, type ScheduledChange } from './schedule.ts'
import type { ExperimentSpec, PartialSpec, SpecField } from './spec.ts'
import { phasesOf, trainRows } from './training-size.ts'

/** The largest seed: seeds are 32-bit unsigned integers. */
export const largestSeed = 4294967295
/** The most seeds × epochs of an experiment, which bounds the size of its numbers: 6 float32 per seed and epoch. */
export const mostSeedEpochs = 100_000

/** The most seeds that an experiment with this many epochs can have. */
export function mostSeeds(epochs: number): number {
  return Math.floor(mostSeedEpochs / epochs)
}

/** The defaults of all fields beside those given: the number of classes, say, depends on the dataset. */
export function defaultSpec(given: PartialSpec = {}): ExperimentSpec {
  const { dataset = datasetNames[0], examples = 1000, trainFraction = 0.5 } = given
  const rows = trainRows({ examples, trainFraction })
  return {
    dataset: datasetNames[0],
    examples: 1000,
    classes: datasets[dataset].classes,
    noise: datasets[dataset].noise,
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

/** The defaults that depend on other fields, in words. The defaults of all other fields are constants. */
export const conditionalDefaults = {
  classes: `3, and 2 for ${datasetsInWords(({ classes }) => classes === 2)}`,
  noise: datasetNames.map((name) => `${datasets[name].noise} for ${name}`).join(', '),
  batchSize: '32, and full where at most 32 rows train',
} as const satisfies Partial<Record<SpecField, string>>

/**
 * The canonical spec of some given fields: defaults are filled in, and settings that mean the same are written in one
 * way. A field that has no effect in this spec takes its default.
 *
 * @throws InvalidQuery (422) if values that are each allowed contradict each other
 */
export function completeSpec(given: PartialSpec): ExperimentSpec {
  const defaults = defaultSpec(given)
  const spec = { ...defaults, ...given }
  const errors = conflicts(spec)
  if (errors.length) throw new InvalidQuery(422, errors)
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

/** The contradictions between the fields of a spec, each of which is within its own limits. */
function conflicts(spec: ExperimentSpec): FieldError[] {
  const { dataset, classes, batchSize, seed, seeds, epochs } = spec
  const rows = trainRows(spec)
  const errors: FieldError[] = []
  const { mostClasses } = datasets[dataset]
  if (classes > mostClasses)
    errors.push(
      fieldError('classes', classes, `${mostClasses === 2 ? '' : 'at most '}${mostClasses} with dataset=${dataset}`),
    )
  if (batchSize !== 'full' && batchSize > rows)
    errors.push(
      fieldError('batchSize', batchSize, `a whole number from 1 to ${rows}, the number of training rows, or full`),
    )
  const tooLarge = batchSizeChanges(spec).find(({ value }) => value !== 'full' && value > rows)
  if (tooLarge)
    errors.push(
      fieldError(
        'batchSizeSchedule',
        spec.batchSizeSchedule,
        `batch sizes up to ${rows}, the number of training rows, or full: not ${tooLarge.value} after epoch ${tooLarge.epoch}`,
      ),
    )
  for (const field of ['learningRateSchedule', 'batchSizeSchedule'] as const) {
    const [last] = splitChanges(spec[field]).at(-1) ?? []
    if (last !== undefined && Number(last) >= epochs)
      errors.push(fieldError(field, spec[field], `changes before epoch ${epochs}, the last: not after epoch ${last}`))
  }
  if (spec.warmup >= epochs)
    errors.push(
      fieldError('warmup', spec.warmup, `at most ${epochs - 1} with epochs=${epochs}: it ends before the run`),
    )
  if (spec.replacement && !spec.shuffle)
    errors.push(fieldError('replacement', true, 'false with shuffle=false: who draws rows again has no order'))
  if (seed + seeds - 1 > largestSeed)
    errors.push(fieldError('seed', seed, `at most ${largestSeed - seeds + 1} with seeds=${seeds}: run k uses seed + k`))
  if (seeds * epochs > mostSeedEpochs) {
    errors.push(
      fieldError(
        'seeds',
        seeds,
        `at most ${mostSeeds(epochs)} with epochs=${epochs}: seeds × epochs is at most ${mostSeedEpochs}`,
      ),
    )
  }
  return errors
}
