/**
 * The spec: every setting of an experiment, in one table. Types, limits, query parsing, permalinks and error texts
 * follow from the table. The defaults are in canonical-spec.ts, the rules that span several fields in complete-spec.ts.
 *
 * A spec is always canonical: complete, with every default filled in and one spelling for each meaning. Equal
 * experiments are therefore equal objects with equal digests.
 */
import * as z from 'zod/mini'

import { activationNames } from '#methods/activations.ts'
import { averagingNames } from '#methods/averaging.ts'
import { curveNames } from '#methods/curves.ts'
import { datasetNames, type DatasetName } from '#methods/datasets.ts'
import { initializerNames } from '#methods/initializers.ts'
import { lastBatchNames } from '#methods/last-batch.ts'
import { optimizerNames } from '#methods/optimizers.ts'
import { planeFeatureNames } from '#methods/plane-features.ts'
import { scalingNames } from '#methods/scaling.ts'

import { largestSeed } from './complete-spec.ts'
import { engineNames } from './engine.ts'
import { choice, flag, hexDigits, layers, list, real, schedule, wholeField, wholeOr } from './fields.ts'
import type { Given } from './query.ts'

export { conditionalDefaults, defaultSpec } from './canonical-spec.ts'
export { completeSpec } from './complete-spec.ts'
export { hiddenLayers, layerWidths } from './hidden-layers.ts'
export { batchRows, stepsPerEpoch, trainRows, updates, updatesAfter } from './training-size.ts'

const learningRateField = real('learning rate', 0.00001, 10)
const batchSizeField = wholeOr('batch size', 'full', 1)

/** Every field of a spec: its title, the values it allows and how a URL spells them. */
export const specFields = {
  dataset: choice('dataset', datasetNames, {
    own: `one of ${datasetNames.join(', ')}: own data never leaves the browser, which alone trains on it`,
  }),
  examples: wholeField('examples', 10, 5000),
  classes: wholeField('classes', 2, 10),
  noise: real('noise', 0, 10),
  datasetSeed: wholeField('dataset seed', 0, largestSeed),
  trainFraction: real('train fraction', 0.1, 0.9),
  scaling: choice('scaling', scalingNames),
  labelNoise: real('label noise', 0, 0.9),
  features: list('features', planeFeatureNames),
  hiddenUnits: layers('hidden units', 3, 128),
  activation: choice('activation', activationNames),
  initializer: choice('initializer', initializerNames),
  learningRate: learningRateField,
  learningRateSchedule: schedule('learning rate schedule', curveNames, learningRateField, '50:0.001-100:0.0001'),
  warmup: wholeField('warmup', 0, 1999),
  optimizer: choice('optimizer', optimizerNames),
  momentum: real('momentum', 0, 0.999),
  weightDecay: real('weight decay', 0, 1),
  batchSize: batchSizeField,
  batchSizeSchedule: schedule('batch size schedule', ['constant'], batchSizeField, '50:32-100:256'),
  averaging: choice('averaging', averagingNames),
  epochs: wholeField('epochs', 1, 2000),
  lastBatch: choice('last batch', lastBatchNames),
  shuffle: flag('shuffle'),
  replacement: flag('replacement'),
  seed: wholeField('seed', 0, largestSeed),
  seeds: wholeField('seeds', 1, 200),
  engine: choice('engine', engineNames),
} as const

/**
 * What pages read: every field, and a table of the visitor's as the dataset, with the digest of the table. The API has
 * no such dataset, since the table is in the visitor's browser alone.
 */
export const pageFields = {
  ...specFields,
  dataset: choice('dataset', [...datasetNames, 'own']),
  data: hexDigits('digest of the table', 16),
} as const

/** The schema of a complete spec. */
const Spec = z.strictObject(specFields)

/** All settings of an experiment, validated, defaults filled in, canonical. */
export type ExperimentSpec = Readonly<
  Omit<z.output<typeof Spec>, 'dataset'> & {
    dataset: DatasetName
    /** With own data, the first 16 hex digits of the digest of its canonical table. */
    data?: string
  }
>
export type SpecField = keyof typeof specFields
/** Some fields of a spec; the others take their defaults. */
export type PartialSpec = Given<typeof pageFields>
