/**
 * How a person sets each field of a spec: in which order, on which scale, with which stops, and what is said of it. One
 * row a field, beside {@link specFields}, which has its name and its limits. A page draws its form from this table, and
 * so does the browser that takes the form over.
 */
import { averagings } from '#methods/averaging.ts'
import { lastBatches } from '#methods/last-batch.ts'
import { titlesOf } from '#methods/names.ts'
import { optimizerTitles } from '#methods/optimizers/optimizers.ts'

import { about, type Allowed } from './fields.ts'
import { trainRows } from './rows.ts'
import { specFields, type ExperimentSpec, type SpecField } from './spec.ts'

/** The groups of settings, in the order of the lesson; those that are rarely changed are folded. */
export const groups = {
  step: { title: 'The step', isFolded: false },
  training: { title: 'The training', isFolded: false },
  remedies: { title: 'Remedies', isFolded: true },
  data: { title: 'Data', isFolded: true },
  network: { title: 'Network', isFolded: true },
  chance: { title: 'Chance', isFolded: true },
} as const
export type Group = keyof typeof groups

/** A value where a slider's mark is. */
export type Stop = number | 'full'

/** What is particular to the control of a field. */
interface Row {
  group: Group
  /** What the setting does, in a sentence. */
  help: string
  /** How a slider goes through the values; fields without one are typed or chosen. */
  scale?: 'linear' | 'log'
  /** Values that are marked on the slider and proposed where one types. */
  stops?: (spec: ExperimentSpec) => readonly Stop[]
  /** Texts that are proposed where a value is typed and has no scale. */
  proposals?: readonly string[]
  /** What the ends of the slider mean. */
  ends?: readonly [least: string, most: string]
  /** How it is chosen, where that is not by typing or from a list: by its picture, or by a die that takes another. */
  by?: 'picture' | 'die'
  /** Choices in words that say more than the query's. */
  words?: Readonly<Record<string, string>>
}

/** A field's control: the row, and what the field itself says. */
export interface Control extends Row {
  field: SpecField
  title: string
  /** What the field may hold, as errors say it. */
  description: string
  allowed: Allowed
}

const fixed = (...stops: number[]) => {
  return () => stops
}

/** 1, 2, 5, 10, 20, 50 and so on, from the first to the last decade, the last with its 1 alone. */
function oneTwoFive(first: number, last: number): number[] {
  const decades = Array.from({ length: last - first }, (_, index) => first + index)
  return [...decades.flatMap((decade) => [1, 2, 5].map((digit) => Number(`${digit}e${decade}`))), Number(`1e${last}`)]
}

/** Powers of two below the number of training rows, then all of them. */
function batchSizeStops(spec: ExperimentSpec): Stop[] {
  const rows = trainRows(spec)
  const powers = Array.from({ length: 13 }, (_, exponent) => 2 ** exponent)
  return [...powers.filter((power) => power < rows), 'full']
}

const rows: Readonly<Record<SpecField, Row>> = {
  batchSize: {
    group: 'step',
    help: 'Examples in each step.',
    scale: 'log',
    stops: batchSizeStops,
    ends: ['1: stochastic', 'full batch'],
  },
  learningRate: {
    group: 'step',
    help: 'How far each step goes.',
    scale: 'log',
    stops: fixed(...oneTwoFive(-5, 1)),
    ends: ['careful', 'bold'],
  },
  momentum: {
    group: 'training',
    help: 'Share of the last step kept.',
    scale: 'linear',
    stops: fixed(0, 0.5, 0.9, 0.99),
  },
  epochs: {
    group: 'training',
    help: 'Passes over the examples.',
    scale: 'log',
    stops: fixed(...oneTwoFive(0, 3), 2000),
  },
  seeds: {
    group: 'training',
    help: 'Runs, each from other weights.',
    scale: 'log',
    stops: fixed(1, 10, 30, 100, 200),
  },
  optimizer: {
    group: 'remedies',
    help: 'The rule that makes a step of a gradient.',
    words: optimizerTitles,
  },
  learningRateSchedule: {
    group: 'remedies',
    help: 'How it falls: 50:0.001 is after 50 epochs.',
    proposals: ['constant', 'linear', 'cosine', '50:0.001-100:0.0001'],
  },
  warmup: {
    group: 'remedies',
    help: 'Epochs in which the learning rate rises.',
    stops: fixed(0, 1, 5, 10),
  },
  batchSizeSchedule: {
    group: 'remedies',
    help: 'How it grows: 50:32 is after 50 epochs.',
    proposals: ['constant', '50:256', '50:32-100:256', '100:full'],
  },
  averaging: {
    group: 'remedies',
    help: 'Tests an average of the weights instead.',
    words: titlesOf(averagings),
  },
  weightDecay: {
    group: 'remedies',
    help: 'How much each step shrinks the weights.',
    stops: fixed(0, 0.001, 0.01, 0.1),
  },
  dataset: { group: 'data', help: 'The shape of the data.', by: 'picture' },
  examples: {
    group: 'data',
    help: 'Points in all, for training and test.',
    scale: 'log',
    stops: fixed(...oneTwoFive(1, 3), 2000, 5000),
  },
  classes: { group: 'data', help: 'Kinds of points to tell apart.', scale: 'linear' },
  noise: { group: 'data', help: 'How far the points scatter.', scale: 'linear', stops: fixed(0, 1, 2, 4, 10) },
  trainFraction: {
    group: 'data',
    help: 'Share that trains; the others test.',
    scale: 'linear',
    stops: fixed(0.1, 0.5, 0.9),
  },
  datasetSeed: { group: 'data', help: 'Which points chance draws.', by: 'die' },
  hiddenUnits: { group: 'network', help: 'Units a layer: 50, 50-20 or none.' },
  activation: { group: 'network', help: 'What a hidden unit does to its sum.', words: { relu: 'ReLU' } },
  initializer: {
    group: 'network',
    help: 'How chance draws the first weights.',
    words: { heUniform: 'He, uniform', glorotUniform: 'Glorot, uniform' },
  },
  lastBatch: {
    group: 'chance',
    help: 'What is left of an epoch makes a step too.',
    words: titlesOf(lastBatches),
  },
  replacement: {
    group: 'chance',
    help: 'Draws rows anew, some of them twice.',
    words: { true: 'yes', false: 'no' },
  },
  shuffle: {
    group: 'chance',
    help: 'A new order for each epoch.',
    words: { true: 'yes', false: 'no' },
  },
  seed: { group: 'chance', help: 'Decides weights and order.', by: 'die' },
  engine: {
    group: 'chance',
    help: 'TensorFlow.js takes far longer.',
    words: { fused: 'our kernel', layers: 'stock TensorFlow.js' },
  },
}

/** The control of a field. */
export function controlOf(field: SpecField): Control {
  const said = about.get(specFields[field])
  if (!said?.allowed) throw new Error(`nothing is said of ${field}`)
  const { title, description, allowed } = said
  return { field, title, description, allowed, ...rows[field] }
}

/** All controls, in the order of the lesson. */
export const controls: readonly Control[] = (Object.keys(rows) as SpecField[]).map(controlOf)

/** The values that a control proposes, as texts: its stops, its choices, or none. */
export function stopsOf({ allowed, stops, proposals }: Control, spec: ExperimentSpec): readonly string[] {
  return allowed.kind === 'choice' ? allowed.words : (proposals ?? (stops?.(spec) ?? []).map(String))
}

/** The values that a control allows beside the other settings of a spec, in words. */
export function allowedInWords({ allowed, description }: Control, spec: ExperimentSpec): string {
  if (allowed.kind === 'wholeOr') return `a whole number from ${allowed.min} to ${trainRows(spec)}, or ${allowed.word}`
  return description
}
