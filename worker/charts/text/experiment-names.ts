/** Experiments in words: settings, and titles of charts, panels and axes. */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { batchSizeChanges, learningRateChanges, type ScheduledChange } from '#experiment/spec/schedule.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'
import { trainRows, updates } from '#experiment/spec/training-size.ts'
import type { AveragingName } from '#methods/averaging.ts'
import { optimizerTitles } from '#methods/optimizers.ts'

import { isLogarithmic } from '../axes/curve-scales.ts'
import type { Scale } from '../axes/scale.ts'
import type { View } from '../view.ts'
import { wholeNumber } from './format.ts'
import { textWidth } from './text-width.ts'

type Specified = Pick<ExperimentResult, 'spec' | 'permalink'>
type Several = readonly [Specified, ...Specified[]]

const averagingsInWords: Readonly<Record<AveragingName, string>> = {
  none: 'not averaged',
  ema: 'averaged (EMA)',
  swa: 'averaged (SWA)',
}

/** `32 after 50 epochs, 256 after 100` */
function changesInWords(changes: readonly ScheduledChange<number | string>[]): string {
  return changes
    .map(({ epoch, value }, index) => `${value} after ${wholeNumber(epoch)}${index ? '' : ' epochs'}`)
    .join(', ')
}

/** Settings with a phrase of their own. */
const ownWords: Partial<Record<SpecField, (spec: ExperimentSpec) => string | undefined>> = {
  batchSize: (spec) => (spec.batchSize === 'full' ? `full batch (${trainRows(spec)})` : undefined),
  dataset: ({ dataset }) => (dataset === 'own' ? 'own data' : undefined),
  classes: ({ classes }) => `${classes} classes`,
  examples: ({ examples }) => `${wholeNumber(examples)} examples`,
  epochs: ({ epochs }) => (epochs === 1 ? '1 epoch' : `${wholeNumber(epochs)} epochs`),
  seeds: ({ seeds }) => `${seeds} seeds`,
  optimizer: ({ optimizer }) => optimizerTitles[optimizer],
  learningRateSchedule: (spec) => {
    const changes = changesInWords(learningRateChanges(spec))
    return changes ? `learning rate ${changes}` : `${spec.learningRateSchedule} learning rate`
  },
  warmup: ({ warmup }) =>
    warmup ? `warmup of ${warmup === 1 ? '1 epoch' : `${wholeNumber(warmup)} epochs`}` : 'no warmup',
  batchSizeSchedule: (spec) => {
    const changes = changesInWords(batchSizeChanges(spec))
    return changes ? `then ${changes}` : 'constant batch size'
  },
  averaging: ({ averaging }) => averagingsInWords[averaging],
  scaling: ({ scaling }) => (scaling === 'none' ? 'not scaled' : 'standardized'),
  labelNoise: ({ labelNoise }) => `${Number((100 * labelNoise).toPrecision(6))} % of training labels wrong`,
  features: ({ features }) => `features ${features.split('-').join(', ')}`,
  hiddenUnits: ({ hiddenUnits }) => {
    if (hiddenUnits === 'none') return 'no hidden layer'
    if (hiddenUnits === '1') return '1 hidden unit'
    // The numbers of several layers are clear without it.
    return hiddenUnits.includes('-') ? undefined : `${hiddenUnits} hidden units`
  },
  lastBatch: ({ lastBatch }) => `last batch ${lastBatch}`,
  replacement: ({ replacement }) => (replacement ? 'drawn with replacement' : 'drawn without replacement'),
  shuffle: ({ shuffle }) => (shuffle ? 'shuffled' : 'not shuffled'),
}

/** A setting in words: `batch size 32`, `full batch (500)`, `learning rate 0.01`, `200 epochs`. */
export function settingInWords(spec: ExperimentSpec, field: SpecField): string {
  return ownWords[field]?.(spec) ?? `${fieldInWords(field)} ${spec[field]}`
}

/** The name of a field: `batch size` for `batchSize`. */
export function fieldInWords(field: SpecField): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** Settings that are not mentioned when compared with others: remedies that are not used. */
const unmentioned: Partial<ExperimentSpec> = {
  learningRateSchedule: 'constant',
  warmup: 0,
  weightDecay: 0,
  batchSizeSchedule: 'constant',
  averaging: 'none',
  labelNoise: 0,
}

/**
 * The settings that distinguish an experiment from others that vary in some fields, in words: one for each field worth
 * mentioning.
 */
export function distinguishingSettings({ spec }: Pick<Specified, 'spec'>, varied: readonly SpecField[]): string[] {
  const mentioned = varied.filter((field) => spec[field] !== unmentioned[field])
  return (mentioned.length ? mentioned : (['batchSize'] as const)).map((field) => settingInWords(spec, field))
}

/** The same in one line. */
export function differencesInWords(result: Pick<Specified, 'spec'>, varied: readonly SpecField[]): string {
  return distinguishingSettings(result, varied).join(', ')
}

/** The settings that every title mentions, since this site is about them. */
const leading: readonly SpecField[] = ['batchSize', 'learningRate', 'epochs']

/** Whether a key of a permalink is a setting: the digest of own data is none. */
export const isSetting = (key: string): key is SpecField => key !== 'data'

/** The fields in which an experiment differs from the tutorial's, which are those in its permalink. */
function changedFields({ permalink }: Specified): SpecField[] {
  return Array.from(new URLSearchParams(permalink.split('?')[1]).keys()).filter(isSetting)
}

/** The settings of an experiment in words: the leading ones, and those that differ from the tutorial's. */
function settingsInWords(result: Specified, without: readonly SpecField[] = []): string[] {
  const fields = new Set([...leading, ...changedFields(result)])
  return Array.from(fields)
    .filter((field) => !without.includes(field))
    .map((field) => settingInWords(result.spec, field))
}

/** The title of an experiment's learning curves. */
export function titleOf(result: Specified, view: View): string {
  return [metricsInWords(view), ...settingsInWords(result)].join(', ')
}

/** The title of small multiples. */
export function titleOfMultiples(results: Several, varied: readonly SpecField[], view: View): string {
  return titleOfSeveral(`${metricsInWords(view)} on the same axes`, results, varied)
}

/** The title of a sweep. */
export function titleOfSweep(results: Several, varied: readonly SpecField[]): string {
  return titleOfSeveral('Test accuracy and instability', results, varied)
}

/**
 * The title of a chart of several experiments: the fields that vary, and the common settings that differ from the
 * tutorial's.
 */
export function titleOfSeveral(what: string, results: Several, varied: readonly SpecField[]): string {
  const [first] = results
  const by = (varied.length ? varied : (['batchSize'] as const)).map(fieldInWords).join(' and ')
  // If epochs differ although they were not varied, they follow from equal updates.
  const isByUpdates = !varied.includes('epochs') && results.some(({ spec: { epochs } }) => epochs !== first.spec.epochs)
  const common = changedFields(first).filter((field) => !varied.includes(field) && !(isByUpdates && field === 'epochs'))
  const counts = results.map(({ spec }) => updates(spec))
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)]
  return [
    `${what} ${what.includes(' by ') ? 'and' : 'by'} ${by}`,
    ...common.map((field) => settingInWords(first.spec, field)),
    ...(isByUpdates ? [`${fewest < most ? 'at least ' : ''}${wholeNumber(fewest)} updates each`] : []),
  ].join(', ')
}

const ofTheData: ReadonlySet<SpecField> = new Set([
  'noise',
  'datasetSeed',
  'trainFraction',
  'scaling',
  'labelNoise',
  'features',
])

/** The title of a dataset. */
export function titleOfDataset(result: Specified): string {
  const { dataset, examples, classes } = result.spec
  const changed = changedFields(result).filter((field) => ofTheData.has(field))
  return [
    `The dataset: ${wholeNumber(examples)} examples of ${dataset} in ${classes} classes`,
    ...changed.map((field) => settingInWords(result.spec, field)),
  ].join(', ')
}

/** The title of a chart of the first run after its last epoch. */
export function titleAfterTraining(what: string, result: Specified): string {
  const { spec } = result
  return [`${what} after ${settingInWords(spec, 'epochs')}`, ...settingsInWords(result, ['epochs', 'seeds'])].join(', ')
}

/** The title of a chart of one experiment, with its settings. */
export function titleOfOne(what: string, result: Specified, without: readonly SpecField[] = []): string {
  return [what, ...settingsInWords(result, without)].join(', ')
}

/** The title of a gradient noise chart. */
export function titleOfNoise(result: Specified): string {
  return titleOfOne('Gradient noise scale by epoch', result, ['seeds'])
}

/** The metrics of curves: `Train and test accuracy`. */
function metricsInWords({ metric, train }: View): string {
  return `${train === 'running' ? 'Running train' : 'Train'} and test ${metric}`
}

/** The title of the horizontal axis of curves. */
export function horizontalTitle({ axis }: View, scale: Scale): string {
  const unit = axis === 'updates' ? 'updates' : 'epoch'
  return isLogarithmic(scale) ? `${unit} (log scale)` : unit
}

/** The title of the vertical axis of curves. */
export function verticalTitle({ metric }: View): string {
  return metric === 'loss' ? 'loss (log scale)' : 'accuracy'
}

/** The title of the enlarged last quarter, in which one of several runs is shown: as much as fits. */
export function detailTitle({ curves, runs: { length } }: ExperimentResult, { runs }: View, width: number): string {
  const what = 'last quarter, enlarged'
  const choices = [...(runs === 'all' && curves ? [`${what}: one run of ${length}`] : []), what, 'last quarter']
  return choices.find((words) => textWidth(words) <= width) ?? ''
}
