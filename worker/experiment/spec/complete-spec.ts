/**
 * A complete spec: the given fields, checked for contradictions and made canonical. Each value is assumed to be within
 * its field's own limits, which the table in spec.ts checks.
 */
import { limitsOf } from '#methods/datasets.ts'

import { canonicalSpec, defaultFeatures, defaultSpec } from './canonical-spec.ts'
import { fieldError, InvalidQuery, type FieldError } from './errors.ts'
import { batchSizeChanges, splitChanges } from './schedule.ts'
import type { ExperimentSpec, PartialSpec } from './spec.ts'
import { trainRows } from './training-size.ts'

/** The largest seed: seeds are 32-bit unsigned integers. */
export const largestSeed = 4294967295
/** The most seeds × epochs of an experiment, which bounds the size of its numbers: 6 float32 per seed and epoch. */
export const mostSeedEpochs = 100_000

/** The most seeds that an experiment with this many epochs can have. */
export function mostSeeds(epochs: number): number {
  return Math.floor(mostSeedEpochs / epochs)
}

/**
 * The canonical spec of some given fields: defaults are filled in, and settings that mean the same are written in one
 * way. A field that has no effect in this spec takes its default.
 *
 * @throws InvalidQuery (422) if values that are each allowed contradict each other
 */
export function completeSpec(given: PartialSpec): ExperimentSpec {
  const errors = conflicts({ ...defaultSpec(given), ...given })
  if (errors.length) throw new InvalidQuery(422, errors)
  return canonicalSpec(given)
}

/** The contradictions between the fields of a spec, each of which is within its own limits. */
function conflicts(spec: ExperimentSpec): FieldError[] {
  const { batchSize, seed, seeds, epochs } = spec
  const rows = trainRows(spec)
  const errors: FieldError[] = dataConflicts(spec)
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

/** What the dataset of a spec does not allow. */
function dataConflicts(spec: ExperimentSpec): FieldError[] {
  const { dataset, examples, classes, noise, features } = spec
  const limits = limitsOf(spec)
  const { leastClasses, mostClasses, mostExamples, isTable } = limits
  const errors: FieldError[] = []
  if (examples > mostExamples)
    errors.push(
      fieldError('examples', examples, `at most ${mostExamples} with dataset=${dataset}, the rows of the table`),
    )
  if (classes < leastClasses || classes > mostClasses)
    errors.push(fieldError('classes', classes, `${classesInWords(limits)} with dataset=${dataset}`))
  if (isTable && noise !== 0)
    errors.push(
      fieldError(
        'noise',
        noise,
        `0 with dataset=${dataset}, a table, to which no noise is added (labelNoise changes labels)`,
      ),
    )
  if (limits.features !== 2 && features !== defaultFeatures)
    errors.push(
      fieldError(
        'features',
        features,
        `${defaultFeatures} with dataset=${dataset}, which has ${limits.features} features of its own: others can only be chosen for data in the plane`,
      ),
    )
  return errors
}

/** The numbers of classes that a dataset allows besides the field's own limits: `2`, `at most 5`. */
function classesInWords({ leastClasses, mostClasses }: ReturnType<typeof limitsOf>): string {
  return leastClasses === mostClasses ? String(mostClasses) : `at most ${mostClasses}`
}
