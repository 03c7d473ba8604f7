/**
 * How a person sets each field of a spec: in which order, on which scale, with which stops, and what is said of it. One
 * row a field, beside {@link specFields}, which has its name and its limits. A page draws its form from this table, and
 * so does the browser that takes the form over.
 */
import type { AveragingName } from '#methods/averaging.ts'
import { datasets } from '#methods/datasets.ts'
import type { LastBatchName } from '#methods/last-batch.ts'
import { optimizers, optimizerTitles } from '#methods/optimizers.ts'

import { largestSeed, mostSeedEpochs } from './canonical-spec.ts'
import { about, type Allowed } from './fields.ts'
import { specFields, type ExperimentSpec, type SpecField } from './spec.ts'
import { phasesOf, trainRows } from './training-size.ts'

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
  /** The least and the most of the slider, where the other settings leave less than the field allows, or use less. */
  range?: (spec: ExperimentSpec) => readonly [least: number, most: number]
  /** What may be typed, in words, where the other settings leave less than the field allows. */
  beside?: (spec: ExperimentSpec) => string
  /** Why the setting has no effect beside the others, in a sentence; undefined where it has one. */
  idle?: (spec: ExperimentSpec) => string | undefined
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

/** The most runs that there can be of so many epochs. */
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
    stops: fixed(...oneTwoFive(1, 3), 2000, 5000),
  },
  classes: {
    group: 'data',
    help: 'Kinds of points to tell apart.',
    scale: 'linear',
    range: ({ dataset }) => [2, datasets[dataset].mostClasses],
    idle: ({ dataset }) => (datasets[dataset].mostClasses > 2 ? undefined : `${dataset} has two classes.`),
  },
  noise: {
    group: 'data',
    help: 'How far the points scatter.',
    scale: 'linear',
    stops: ({ dataset }) => datasets[dataset].noiseStops,
    range: ({ dataset }) => [0, datasets[dataset].noiseStops.at(-1)!],
  },
  trainFraction: {
    group: 'data',
    help: 'Share that trains; the others test.',
    scale: 'linear',
    stops: fixed(0.1, 0.5, 0.9),
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
  const said = about.get(specFields[field])
  if (!said?.allowed) throw new Error(`nothing is said of ${field}`)
  const { title, description, allowed } = said
  return { field, title, description, allowed, ...rows[field] }
}

/** All controls, in the order of the lesson. */
export const controls: readonly Control[] = (Object.keys(rows) as SpecField[]).map(controlOf)

/** The least and the most of a control's slider beside the other settings of a spec. */
export function controlRange(
  { allowed, range }: Control,
  spec: ExperimentSpec,
): readonly [least: number, most: number] {
  if (range) return range(spec)
  if (allowed.kind === 'whole' || allowed.kind === 'real') return [allowed.min, allowed.max]
  throw new Error(`no slider goes through ${allowed.kind}`)
}

/** The marks of a control that lie on its slider. */
export function marksOf(control: Control, spec: ExperimentSpec): readonly Stop[] {
  const marks = control.stops?.(spec) ?? []
  if (!control.scale) return marks
  const [least, most] = controlRange(control, spec)
  return marks.filter((mark) => mark === 'full' || (mark >= least && mark <= most))
}

/** The values that a control proposes, as texts: its stops, its choices, or none. */
export function stopsOf(control: Control, spec: ExperimentSpec): readonly string[] {
  const { allowed, proposals } = control
  return allowed.kind === 'choice' ? allowed.words : (proposals ?? marksOf(control, spec).map(String))
}

/** The values that a control allows beside the other settings of a spec, in words. */
export function allowedInWords({ allowed, description, beside, proposals }: Control, spec: ExperimentSpec): string {
  if (beside) return beside(spec)
  if (allowed.kind !== 'schedule') return description
  const { words, most, value } = allowed
  const values = value.kind === 'real' ? `${value.min} to ${value.max}` : `1 to ${trainRows(spec)}, or full`
  return `${words.join(', ')}, or up to ${most} changes, each before epoch ${spec.epochs} and in their order, as ${proposals?.find((text) => text.includes('-'))} (each value ${values})`
}
