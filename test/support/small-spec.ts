/** Specs of every kind that are small enough for the slow engines: all depths, activations, classes and batch sizes. */
import fc from 'fast-check'

import { completeSpec, trainRows, type ExperimentSpec } from '#experiment/spec.ts'

const units = fc.array(fc.integer({ min: 1, max: 21 }), { maxLength: 3 })

export const smallSpec: fc.Arbitrary<ExperimentSpec> = fc
  .record({
    dataset: fc.constantFrom('blobs', 'blobs', 'moons', 'circles'),
    examples: fc.integer({ min: 10, max: 160 }),
    classes: fc.integer({ min: 2, max: 10 }),
    datasetSeed: fc.integer({ min: 0, max: 9 }),
    trainFraction: fc.constantFrom(0.1, 0.5, 0.9),
    hiddenUnits: units.map((widths) => widths.join('-') || 'none'),
    activation: fc.constantFrom('relu', 'tanh', 'sigmoid'),
    initializer: fc.constantFrom('heUniform', 'glorotUniform'),
    learningRate: fc.constantFrom(0.001, 0.01, 0.05),
    momentum: fc.constantFrom(0, 0.5, 0.9),
    batchShare: fc.double({ min: 0, max: 1, noNaN: true }),
    epochs: fc.integer({ min: 1, max: 4 }),
    shuffle: fc.boolean(),
    seed: fc.integer({ min: 0, max: 99 }),
  })
  .map(({ batchShare, classes, ...fields }) => {
    const rows = trainRows(fields)
    return completeSpec({
      ...fields,
      ...(fields.dataset === 'blobs' ? { classes } : {}),
      // Small batches as often as large ones.
      batchSize: Math.max(1, Math.round(rows ** batchShare)),
    })
  })
