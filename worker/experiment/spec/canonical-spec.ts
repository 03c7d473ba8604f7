/**
 * What makes a spec canonical: its defaults, and the rules that join fields. Each value is taken to be within its field's
 * own limits: the table of spec.ts sees to that. This stands apart from the table, so that pages which only read what
 * the build wrote load no schemas.
 */
import { datasetNames, datasets, datasetsInWords } from '#methods/datasets.ts'
import { optimizers } from '#methods/optimizers.ts'

import { engineNames } from './engine.ts'
import { fieldError, InvalidQuery, type FieldError } from './errors.ts'
import { batchSizeChanges, joinChanges, learningRateChanges, splitChanges, type ScheduledChange } from './schedule.ts'
import type { ExperimentSpec, PartialSpec, SpecField } from './spec.ts'
import { phasesOf, trainRows } from './training-size.ts'

/** Seeds are 32-bit unsigned integers. */
export const largestSeed = 4294967295
/** Bounds the size of an experiment's numbers: 6 float32 a seed and epoch. */
export const mostSeedEpochs = 100_000

/** The most seeds that an experiment of so many epochs can have. */
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

/** In words, the defaults that depend on other fields: those of all others hold whatever is given. */
export const conditionalDefaults = {
  classes: `3, and 2 for ${datasetsInWords(({ classes }) => classes === 2)}`,
  noise: datasetNames.map((name) => `${datasets[name].noise} for ${name}`).join(', '),
  batchSize: '32, and full where at most 32 rows train',
} as const satisfies Partial<Record<SpecField, string>>

/**
 * The canonical spec of the fields given: defaults filled in, one spelling for one meaning.
 *
 * @throws InvalidQuery where values that are each allowed do not go together.
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
function trueChanges<Value>(first: Value, changes: readonly ScheduledChange<Value>[]): ScheduledChange<Value>[] {
  return changes.filter(({ value }, index) => value !== (changes[index - 1]?.value ?? first))
}

/** What does not go together in a spec whose fields are each within their own limits. */
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
