/** Specs of every kind that are small enough for the slow engines: all depths, activations, classes and batch sizes. */
import fc from 'fast-check'

import { defaultFeatures } from '#experiment/spec/canonical-spec.ts'
import { isInPlane } from '#experiment/spec/data-kind.ts'
import { completeSpec, trainRows, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { activationNames } from '#methods/activations.ts'
import { averagingNames } from '#methods/averaging.ts'
import { curveNames } from '#methods/curves.ts'
import { datasetNames, limitsOf, type DatasetName } from '#methods/datasets.ts'
import { initializerNames } from '#methods/initializers.ts'
import { lastBatchNames } from '#methods/last-batch.ts'
import { optimizerNames } from '#methods/optimizers.ts'
import { planeFeatureNames } from '#methods/plane-features.ts'
import { scalingNames } from '#methods/scaling.ts'

import { dividesByGradients } from './reference-rules.ts'

/** As many classes, or as many as the dataset can have. */
function classesOf(dataset: DatasetName, classes: number): { classes?: number } {
  const { leastClasses, mostClasses } = limitsOf({ dataset })
  return { classes: Math.min(Math.max(classes, leastClasses), mostClasses) }
}

const units = fc.array(fc.integer({ min: 1, max: 21 }), { maxLength: 3 })

export const smallSpec: fc.Arbitrary<ExperimentSpec> = fc
  .record({
    dataset: fc.constantFrom('blobs', ...datasetNames),
    examples: fc.integer({ min: 10, max: 160 }),
    classes: fc.integer({ min: 2, max: 10 }),
    datasetSeed: fc.integer({ min: 0, max: 9 }),
    trainFraction: fc.constantFrom(0.1, 0.5, 0.9),
    scaling: fc.constantFrom(...scalingNames),
    labelNoise: fc.constantFrom(0, 0, 0.2),
    features: fc.oneof(
      fc.constant(defaultFeatures),
      fc.subarray([...planeFeatureNames], { minLength: 1 }).map((chosen) => chosen.join('-')),
    ),
    hiddenUnits: units.map((widths) => widths.join('-') || 'none'),
    activation: fc.constantFrom(...activationNames),
    initializer: fc.constantFrom(...initializerNames),
    learningRate: fc.constantFrom(0.001, 0.01, 0.05),
    learningRateSchedule: fc.constantFrom('constant', ...curveNames, 'changes'),
    warmup: fc.constantFrom(0, 0, 1, 2),
    optimizer: fc.constantFrom('sgd', ...optimizerNames),
    momentum: fc.constantFrom(0, 0.5, 0.9),
    weightDecay: fc.constantFrom(0, 0, 0.1, 1),
    growth: fc.constantFrom('none', 'none', 'none', 'some', 'full', 'back'),
    averaging: fc.constantFrom('none', ...averagingNames),
    batchShare: fc.double({ min: 0, max: 1, noNaN: true }),
    epochs: fc.integer({ min: 1, max: 4 }),
    lastBatch: fc.constantFrom('kept', ...lastBatchNames),
    drawing: fc.constantFrom('shuffled', 'shuffled', 'in order', 'drawn'),
    seed: fc.integer({ min: 0, max: 99 }),
  })
  .map(({ batchShare, classes, features, growth, learningRateSchedule, warmup, drawing, ...fields }) => {
    const rows = trainRows(fields)
    const { epochs } = fields
    const changes = epochs > 3 ? '1:0.03-3:0.001' : epochs > 1 ? '1:0.002' : 'constant'
    const growths = {
      none: 'constant',
      some: `1:${Math.ceil(rows / 3)}`,
      full: '1:full',
      // To the full batch and back.
      back: epochs > 2 ? `1:full-2:${Math.ceil(rows / 2)}` : 'constant',
    }
    return completeSpec({
      ...fields,
      shuffle: drawing !== 'in order',
      replacement: drawing === 'drawn',
      learningRateSchedule: learningRateSchedule === 'changes' ? changes : learningRateSchedule,
      // At 0.05 a spec whose steps are as large whatever the gradient is chaotic at once.
      learningRate: dividesByGradients[fields.optimizer] ? Math.min(fields.learningRate, 0.01) : fields.learningRate,
      warmup: Math.min(warmup, epochs - 1),
      batchSizeSchedule: epochs > 1 ? growths[growth] : 'constant',
      ...classesOf(fields.dataset, classes),
      ...(isInPlane(fields) ? { features } : {}),
      // Small batches as often as large ones.
      batchSize: Math.max(1, Math.round(rows ** batchShare)),
    })
  })
