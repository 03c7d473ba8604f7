/**
 * A complete spec: the fields given, checked for whether they go together, and made canonical. Each value is taken to be
 * within its field's own limits: the table of spec.ts sees to that.
 */
import { canonicalSpec, defaultSpec } from './canonical-spec.ts'
import { fieldError, InvalidQuery, type FieldError } from './errors.ts'
import { trainRows } from './rows.ts'
import { batchSizeChanges, splitChanges } from './schedule.ts'
import type { ExperimentSpec, PartialSpec } from './spec.ts'

/** Seeds are 32-bit unsigned integers. */
export const largestSeed = 4294967295
/** Bounds the size of an experiment's numbers: 6 float32 a seed and epoch. */
export const mostSeedEpochs = 100_000

/** The most seeds that an experiment of so many epochs can have. */
export function mostSeeds(epochs: number): number {
  return Math.floor(mostSeedEpochs / epochs)
}

/**
 * The canonical spec of the fields given: defaults filled in, one spelling for one meaning.
 *
 * @throws InvalidQuery where values that are each allowed do not go together.
 */
export function completeSpec(given: PartialSpec): ExperimentSpec {
  const errors = conflicts({ ...defaultSpec(given), ...given })
  if (errors.length) throw new InvalidQuery(422, errors)
  return canonicalSpec(given)
}

/** What does not go together in a spec whose fields are each within their own limits. */
function conflicts(spec: ExperimentSpec): FieldError[] {
  const { dataset, classes, batchSize, seed, seeds, epochs } = spec
  const rows = trainRows(spec)
  const errors: FieldError[] = []
  if (dataset !== 'blobs' && classes !== 2) errors.push(fieldError('classes', classes, `2 with dataset=${dataset}`))
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
