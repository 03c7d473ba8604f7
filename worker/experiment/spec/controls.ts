/**
 * The form control of each field of a spec: its group and order, slider scale, marked values and help text. There is
 * one row per field, next to {@link specFields}, which holds its name and limits. The Worker's page renders its form
 * from this table, and so does the browser when it takes the form over.
 */
import type { AveragingName } from '#methods/averaging.ts'
import { limitsOf } from '#methods/datasets.ts'
import type { LastBatchName } from '#methods/last-batch.ts'
import { optimizers, optimizerTitles } from '#methods/optimizers.ts'
import { scalings, scalingNames } from '#methods/scaling.ts'

import { largestSeed, mostSeedEpochs } from './complete-spec.ts'
import { about, type Allowed } from './fields.ts'
import { specFields, type ExperimentSpec, type SpecField } from './spec.ts'
import { phasesOf, trainRows } from './training-size.ts'

/**
 * The groups of settings, in the order in which the article introduces them. Groups whose settings are rarely changed
 * are collapsed.
 */
export const groups = {
  step: { title: 'The step', isFolded: false },
  training: { title: 'The training', isFolded: false },
  remedies: { title: 'Optimizer and schedule', isFolded: true },
  data: { title: 'Data', isFolded: true },
  network: { title: 'Network', isFolded: true },
  chance: { title: 'Order and seed', isFolded: true },
} as const
export type Group = keyof typeof groups

/** A value that a slider marks. */
export type Stop = number | 'full'

/** The properties that differ from control to control. */
interface Row {
  group: Group
  /** What the setting does, in one sentence. */
  help: string
  /** The scale of the slider. Fields without one are typed or chosen from a list. */
  scale?: 'linear' | 'log'
  /** The values that the slider marks and that a text input suggests. */
  stops?: (spec: ExperimentSpec) => readonly Stop[]
  /** The ends of the slider, if the other settings allow or need less than the field's own range. */
  range?: (spec: ExperimentSpec) => readonly [least: number, most: number]
  /** The values that may be typed, in words, if the other settings narrow the field's own range. */
  beside?: (spec: ExperimentSpec) => string
  /** Why the setting has no effect given the others, in one sentence; undefined if it has one. */
  idle?: (spec: ExperimentSpec) => string | undefined
  /** Suggested texts for a field that is typed and has no scale. */
  proposals?: readonly string[]
  /** The meaning of the slider's two ends. */
  ends?: readonly [least: string, most: string]
  /**
   * How the value is chosen, if neither typed nor taken from a list: from thumbnails, or by a button that draws another
   * seed.
   */
  by?: 'picture' | 'die'
  /** Labels of the choices, if they should say more than the value in the query. */
  words?: Readonly<Record<string, string>>
}

/** The control of a field: its row in the table and what its codec says about the field. */
export interface Control extends Row {
  field: SpecField
  title: string
  /** The values that the field allows, in the words of the error messages. */
  description: string
  allowed: Allowed
}

const fixed = (...stops: number[]) => {
  return () => stops
}

/** The values 1, 2 and 5 of every decade from the first up to the last, of which only the 1 is included. */
function oneTwoFive(first: number, last: number): number[] {
  const decades = Array.from({ length: last - first }, (_, index) => first + index)
  return [...decades.flatMap((decade) => [1, 2, 5].map((digit) => Number(`${digit}e${decade}`))), Number(`1e${last}`)]
}

/** The powers of two below the number of training examples, then the full batch. */
function batchSizeStops(spec: ExperimentSpec): Stop[] {
  const rows = trainRows(spec)
  const powers = Array.from({ length: 13 }, (_, exponent) => 2 ** exponent)
  return [...powers.filter((power) => power < rows), 'full']
}

/** The dataset of a spec as the subject of a sentence. */
const nameOf = ({ dataset }: ExperimentSpec) => (dataset === 'own' ? 'The table' : dataset)

const wordsOfCounts = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
const inWords = (count: number) => wordsOfCounts[count] ?? String(count)

/** The most runs that an experiment with these epochs can have. */
const mostSeeds = ({ epochs }: ExperimentSpec) => Math.min(200, Math.floor(mostSeedEpochs / epochs))

const withoutHiddenLayers = ({ hiddenUnits }: ExperimentSpec) =>
  hiddenUnits === 'none' ? 'There is no hidden layer.' : undefined

const averagingTitles: Readonly<Record<AveragingName, string>> = {
  none: 'none',
  ema: 'of all updates, fading (EMA)',
  swa: 'of the last epochs (SWA)',
}
const lastBatchTitles: Readonly<Record<LastBatchName, string>> = {
  kept: 'a step like any other',
  scaled: 'a step by its share',
  dropped: 'no step',
}

const rows: Readonly<Record<SpecField, Row>> = {
  batchSize: {
    group: 'step',
    help: 'Examples in each step.',
    scale: 'log',
    stops: batchSizeStops,
    range: (spec) => [1, trainRows(spec)],
    beside: (spec) => `a whole number from 1 to ${trainRows(spec)}, or full`,
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
    idle: ({ optimizer }) =>
      optimizers[optimizer].usesMomentum ? undefined : `${optimizerTitles[optimizer]} has no momentum.`,
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
    range: (spec) => [1, mostSeeds(spec)],
    beside: (spec) => `a whole number from 1 to ${mostSeeds(spec)} with epochs=${spec.epochs}`,
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
    stops: ({ epochs }) => [0, 1, 5, 10].filter((warmup) => warmup < epochs),
    beside: ({ epochs }) => `a whole number from 0 to ${epochs - 1} with epochs=${epochs}`,
  },
  batchSizeSchedule: {
    group: 'remedies',
    help: 'How it grows: 50:32 is after 50 epochs.',
    proposals: ['constant', '50:256', '50:32-100:256', '100:full'],
  },
  averaging: {
    group: 'remedies',
    help: 'Tests an average of the weights instead.',
    words: averagingTitles,
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
    stops: (spec) => {
      const { mostExamples } = limitsOf(spec)
      return [...oneTwoFive(1, 3), 2000, 5000].filter((stop) => stop < mostExamples).concat(mostExamples)
    },
    range: (spec) => [10, limitsOf(spec).mostExamples],
    beside: (spec) => `a whole number from 10 to ${limitsOf(spec).mostExamples} with dataset=${spec.dataset}`,
  },
  classes: {
    group: 'data',
    help: 'Kinds of points to tell apart.',
    scale: 'linear',
    range: (spec) => [limitsOf(spec).leastClasses, limitsOf(spec).mostClasses],
    idle: (spec) => {
      const { leastClasses, mostClasses } = limitsOf(spec)
      return leastClasses < mostClasses ? undefined : `${nameOf(spec)} has ${inWords(mostClasses)} classes.`
    },
  },
  noise: {
    group: 'data',
    help: 'How far the points scatter.',
    scale: 'linear',
    stops: (spec) => limitsOf(spec).noiseStops,
    range: (spec) => [0, limitsOf(spec).noiseStops.at(-1) ?? 0],
    idle: (spec) => (limitsOf(spec).isTable ? 'The rows of a table are as they are.' : undefined),
  },
  trainFraction: {
    group: 'data',
    help: 'Share that trains; the others test.',
    scale: 'linear',
    stops: fixed(0.1, 0.5, 0.9),
  },
  scaling: {
    group: 'data',
    help: 'What is done to the features first.',
    words: Object.fromEntries(scalingNames.map((name) => [name, scalings[name].title])),
  },
  labelNoise: {
    group: 'data',
    help: 'Share of the training labels made wrong.',
    scale: 'linear',
    stops: fixed(0, 0.1, 0.2, 0.5, 0.9),
  },
  features: {
    group: 'data',
    help: 'What the network gets of a point.',
    proposals: ['x-y', 'x-y-x2-y2', 'x-y-sinx-siny', 'x-y-x2-y2-xy-sinx-siny'],
    idle: (spec) =>
      limitsOf(spec).features === 2 ? undefined : `${nameOf(spec)} has ${limitsOf(spec).features} features of its own.`,
  },
  datasetSeed: { group: 'data', help: 'Which points chance draws.', by: 'die' },
  hiddenUnits: { group: 'network', help: 'Units a layer: 50, 50-20 or none.' },
  activation: {
    group: 'network',
    help: 'What a hidden unit does to its sum.',
    words: { relu: 'ReLU' },
    idle: withoutHiddenLayers,
  },
  initializer: {
    group: 'network',
    help: 'How chance draws the first weights.',
    words: { heUniform: 'He, uniform', glorotUniform: 'Glorot, uniform' },
    idle: withoutHiddenLayers,
  },
  lastBatch: {
    group: 'chance',
    help: 'What is left of an epoch makes a step too.',
    words: lastBatchTitles,
    idle: (spec) =>
      phasesOf(spec).every(({ rows: size }) => trainRows(spec) % size === 0) ? 'Every batch is whole.' : undefined,
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
  seed: {
    group: 'chance',
    help: 'Decides weights and order.',
    by: 'die',
    beside: ({ seeds }) => `a whole number from 0 to ${largestSeed - seeds + 1}`,
  },
  engine: {
    group: 'chance',
    help: 'TensorFlow.js takes far longer.',
    words: { fused: 'our kernel', layers: 'stock TensorFlow.js' },
  },
}

/** The control of a field. */
export function controlOf(field: SpecField): Control {
  const info = about.get(specFields[field])
  if (!info?.allowed) throw new Error(`nothing is said of ${field}`)
  const { title, description, allowed } = info
  return { field, title, description, allowed, ...rows[field] }
}

/** All controls, in the order in which the article introduces them. */
export const controls: readonly Control[] = (Object.keys(rows) as SpecField[]).map(controlOf)

/**
 * The ends of a control's slider, given the other settings of a spec.
 *
 * @throws Error if the control has no slider
 */
export function controlRange(
  { allowed, range }: Control,
  spec: ExperimentSpec,
): readonly [least: number, most: number] {
  if (range) return range(spec)
  if (allowed.kind === 'whole' || allowed.kind === 'real') return [allowed.min, allowed.max]
  throw new Error(`no slider goes through ${allowed.kind}`)
}

/** The marked values of a control that lie within its slider's range. */
export function marksOf(control: Control, spec: ExperimentSpec): readonly Stop[] {
  const marks = control.stops?.(spec) ?? []
  if (!control.scale) return marks
  const [least, most] = controlRange(control, spec)
  return marks.filter((mark) => mark === 'full' || (mark >= least && mark <= most))
}

/** The values that a control suggests, as texts: its choices, its proposals or its marked values. */
export function stopsOf(control: Control, spec: ExperimentSpec): readonly string[] {
  const { allowed, proposals } = control
  return allowed.kind === 'choice' ? allowed.words : (proposals ?? marksOf(control, spec).map(String))
}

/** The values that a control allows given the other settings of a spec, in words. */
export function allowedInWords({ allowed, description, beside, proposals }: Control, spec: ExperimentSpec): string {
  if (beside) return beside(spec)
  if (allowed.kind !== 'schedule') return description
  const { words, most, value } = allowed
  const values = value.kind === 'real' ? `${value.min} to ${value.max}` : `1 to ${trainRows(spec)}, or full`
  return `${words.join(', ')}, or up to ${most} changes, each before epoch ${spec.epochs} and in their order, as ${proposals?.find((text) => text.includes('-'))} (each value ${values})`
}
