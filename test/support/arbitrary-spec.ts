/** Arbitrary specs for property tests: any that the table allows, and all that go together. */
import fc from 'fast-check'

import { engineNames } from '#experiment/spec/engine.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import { joinChanges } from '#experiment/spec/schedule.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { activationNames } from '#methods/activations.ts'
import { averagingNames } from '#methods/averaging.ts'
import { curveNames } from '#methods/curves.ts'
import { datasetNames } from '#methods/datasets.ts'
import { initializerNames } from '#methods/initializers.ts'
import { lastBatchNames } from '#methods/last-batch.ts'
import { optimizerNames } from '#methods/optimizers.ts'
import { planeFeatureNames } from '#methods/plane-features.ts'
import { scalingNames } from '#methods/scaling.ts'

/** A number with at most 6 significant digits in a range. */
const short = (min: number, max: number) =>
  fc
    .double({ min, max, noNaN: true })
    .map((value) => Math.abs(Number(value.toPrecision(6))))
    .filter((value) => value >= min && value <= max)

const seed = fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 4294967295 }))

/** A schedule of up to 8 changes, as a query spells it. */
const changes = (values: fc.Arbitrary<number | string>) =>
  fc
    .uniqueArray(fc.tuple(fc.integer({ min: 1, max: 250 }), values), {
      minLength: 1,
      maxLength: 8,
      selector: ([epoch]) => epoch,
    })
    .map((all) => joinChanges(all.toSorted(([a], [b]) => a - b).map(([epoch, value]) => ({ epoch, value }))))

/** Any fields, each within its own limits: together they may still conflict. */
export const anyFields: fc.Arbitrary<PartialSpec> = fc.record(
  {
    dataset: fc.constantFrom('blobs' as const, 'blobs' as const, ...datasetNames),
    examples: fc.integer({ min: 10, max: 5000 }),
    classes: fc.integer({ min: 2, max: 10 }),
    noise: short(0, 10),
    datasetSeed: seed,
    trainFraction: short(0.1, 0.9),
    scaling: fc.constantFrom(...scalingNames),
    labelNoise: short(0, 0.9),
    features: fc.subarray([...planeFeatureNames], { minLength: 1 }).map((chosen) => chosen.join('-')),
    hiddenUnits: fc.oneof(
      fc.constant('none'),
      fc.array(fc.integer({ min: 1, max: 128 }), { minLength: 1, maxLength: 3 }).map((units) => units.join('-')),
    ),
    activation: fc.constantFrom(...activationNames),
    initializer: fc.constantFrom(...initializerNames),
    learningRate: short(0.00001, 10),
    learningRateSchedule: fc.oneof(fc.constantFrom(...curveNames), changes(short(0.00001, 10))),
    warmup: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1999 })),
    optimizer: fc.constantFrom(...optimizerNames),
    momentum: short(0, 0.999),
    weightDecay: short(0, 1),
    batchSizeSchedule: fc.oneof(
      fc.constant('constant'),
      changes(fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: 600 }))),
    ),
    averaging: fc.constantFrom(...averagingNames),
    batchSize: fc.oneof(fc.constant('full' as const), fc.integer({ min: 1, max: 4500 })),
    epochs: fc.integer({ min: 1, max: 2000 }),
    lastBatch: fc.constantFrom(...lastBatchNames),
    shuffle: fc.boolean(),
    replacement: fc.boolean(),
    seed,
    seeds: fc.integer({ min: 1, max: 200 }),
    engine: fc.constantFrom(...engineNames),
  },
  { requiredKeys: [] },
)

/** Fields that go together, with the spec that they make. */
export const fieldsAndSpec: fc.Arbitrary<{ fields: PartialSpec; spec: ExperimentSpec }> = anyFields
  .map((fields) => ({ fields, spec: completed(fields) }))
  .filter((pair): pair is { fields: PartialSpec; spec: ExperimentSpec } => pair.spec !== undefined)

function completed(fields: PartialSpec): ExperimentSpec | undefined {
  try {
    return completeSpec(fields)
  } catch (error) {
    if (error instanceof InvalidQuery) return undefined
    throw error
  }
}
