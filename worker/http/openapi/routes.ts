/**
 * The table of routes, with one declaration per route: its query, its responses and a working example. The application
 * registers its handlers by this table (`../app.ts`), and the OpenAPI document is generated from it.
 */
import type * as z from 'zod/mini'

import { isTrained } from '#charts/chart-type.ts'
import { chartNames, chartTypeOf, type ChartName } from '#charts/drawing.tsx'
import { Boundary } from '#experiment/result/boundary.ts'
import { Churn } from '#experiment/result/churn.ts'
import { csvColumns } from '#experiment/result/csv.ts'
import { generalizationView } from '#experiment/result/generalization-question.ts'
import { Generalization } from '#experiment/result/generalization.ts'
import { GradientNoiseAnswer } from '#experiment/result/gradient-noise.ts'
import { LabeledInputs } from '#experiment/result/labeled-points.ts'
import { ExperimentResult } from '#experiment/result/result.ts'
import { SweepAnswer, sweepColumns } from '#experiment/result/sweep-rows.ts'
import { equalField, equalities } from '#experiment/spec/equal-work.ts'
import { mostExperiments } from '#experiment/spec/most-experiments.ts'
import type { Table } from '#experiment/spec/query.ts'
import { specFields } from '#experiment/spec/spec.ts'

import { cardPath, cardView } from '../card.ts'
import { chartDefaults, chartViewOf } from '../charts.tsx'
import { comparedView, defaultHistories, experimentView } from '../experiments.ts'
import { HealthAnswer } from '../health.ts'
import { OEmbedAnswer, oembedFields } from '../oembed.ts'
import { PresetsAnswer } from '../presets.ts'
import { ProblemAnswer } from '../problems.ts'
import { events } from '../stream.ts'

/** The response schemas by their name in the document. */
export const schemas = {
  ExperimentResult,
  Waiting: events.waiting,
  Progress: events.progress,
  Sweep: SweepAnswer,
  Dataset: LabeledInputs,
  Boundary,
  GradientNoise: GradientNoiseAnswer,
  Generalization,
  Churn,
  Presets: PresetsAnswer,
  Health: HealthAnswer,
  OEmbed: OEmbedAnswer,
  Problem: ProblemAnswer,
} satisfies Record<string, z.ZodMiniType>

type SchemaName = keyof typeof schemas

/** The kinds of routes, which are the document's tags. */
export const kinds = {
  data: 'Numbers, for programs and notebooks.',
  pictures: 'Charts as SVG files, for pages and slides.',
  pages: 'For people: they work without JavaScript.',
}

/** The declaration of one route. */
export interface Documentation<Path extends `/${string}` = `/${string}`> {
  path: Path
  summary: string
  description: string
  /** The most experiments in all, if one or two spec fields of its query may hold lists. */
  takesLists?: number
  /** The fields of its query, and the defaults of those that are not spec fields. */
  query?: Table
  defaults?: Readonly<Record<string, unknown>>
  /** Example values of fields without a default. */
  examples?: Readonly<Record<string, unknown>>
  /** Required fields. */
  requires?: readonly string[]
  /** An example query. */
  example?: string
  /** The content type of the response; the schema of its JSON, or of the data of each event. */
  type: string
  schema?: SchemaName
  events?: Readonly<Record<string, SchemaName>>
  /** Whether it trains results that are not cached, so that it can be refused temporarily. */
  trains?: boolean
  /** Whether it is never cached and has no ETag. */
  isMomentary?: boolean
  /** Whether it is served as a file with a name. */
  isFile?: boolean
  /** Additional statuses with which it refuses valid queries. */
  refusals?: readonly (404 | 501)[]
}

const json = 'application/json'
const lists = (most: number) =>
  'One or two fields take lists, as `batchSize=4,32,full` or `batchSize=4&batchSize=32&batchSize=full`: at most ' +
  `${most} experiments, within the budget of one. With \`equal=updates\` each trains for as many epochs as it takes to ` +
  'make the updates of the one that makes the most in `epochs`; a sweep in which one may not is refused.'
/** The query key of all routes that accept lists. */
const listKeys = { equal: equalField }
const listDefaults = { equal: equalities[0] }

/** The path of a chart's route. */
export type ChartPath = `/charts/${ChartName}.svg`

/** The declaration of a chart's route. */
function chartRoute(chart: ChartName): Documentation<ChartPath> {
  const kind = chartTypeOf(chart)
  const { summary, example, isOfSeveral, isComparing = false, most = mostExperiments.ofChart } = kind
  return {
    path: `/charts/${chart}.svg`,
    summary: `${summary}, as a picture`,
    description:
      `An SVG file with a title, and a description that says what it shows. ${isOfSeveral ? lists(most) : ''}`.trim(),
    query: { ...specFields, ...(isOfSeveral ? listKeys : {}), ...chartViewOf(chart) },
    defaults: { ...listDefaults, ...chartDefaults, ...(isComparing ? { side: 'B' } : {}) },
    example,
    ...(isComparing ? { examples: { pin: 'batchSize=full' } } : {}),
    type: 'image/svg+xml',
    ...(isOfSeveral ? { takesLists: most } : {}),
    trains: isTrained(kind),
  }
}

const page = 'text/html; charset=utf-8'

/**
 * Returns the declarations unchanged. It turns their paths into a type, so that a route without a handler does not
 * compile.
 */
function declare<Path extends `/${string}`>(routes: readonly Documentation<Path>[]): readonly Documentation<Path>[] {
  return routes
}

export const documentation = declare([
  {
    path: '/api/experiments',
    summary: 'The result of an experiment',
    description:
      'Trained, or from the cache: the same query gives the same numbers, bit for bit. With `pin`, `comparison` says how ' +
      'its runs differ from those of another experiment with the same seeds: give both the same `seed` and `seeds`.',
    query: { ...specFields, ...comparedView },
    defaults: { histories: defaultHistories },
    examples: { pin: 'batchSize=full' },
    example: 'batchSize=64&epochs=50',
    type: json,
    schema: 'ExperimentResult',
    trains: true,
  },
  {
    path: '/api/experiments/stream',
    summary: 'An experiment while it trains',
    description:
      'Server-sent events: `waiting` about once a second while there is no room to train, `progress` after every slice ' +
      'of the training, at last `result` or `problem`. What the cache has comes as `result` at once. Every event but ' +
      '`waiting` has an id: an EventSource that comes back after the end is answered with 204, and stays away; one whose ' +
      'stream broke off hears of what comes after.',
    query: { ...specFields, ...experimentView },
    defaults: { histories: defaultHistories },
    example: 'batchSize=8&seeds=5&histories=0',
    type: 'text/event-stream',
    events: { waiting: 'Waiting', progress: 'Progress', result: 'ExperimentResult', problem: 'Problem' },
    trains: true,
    isMomentary: true,
  },
  {
    path: '/api/experiments.csv',
    summary: 'The numbers of an experiment as a table',
    description:
      `One row per seed and epoch, with the columns ${csvColumns.join(', ')}. Seeds and epochs are whole numbers, the ` +
      'others floats. An empty cell has no number: the run has diverged by that epoch. A column can be empty from its ' +
      'first row on; pandas reads it as numbers all the same, and readers that guess from the first rows, as DuckDB, can ' +
      'be told its type.',
    query: specFields,
    example: 'batchSize=64&epochs=50&seeds=3',
    type: 'text/csv; charset=utf-8; header=present',
    isFile: true,
    trains: true,
  },
  {
    path: '/api/sweep',
    summary: 'Several experiments, a row each',
    description:
      `What \`/charts/sweep.svg\` and \`/charts/map.svg\` draw, as data. ${lists(mostExperiments.ofMap)} The rows come when ` +
      'the last is trained; what was trained before a refusal is kept, so that asking again goes on from there.',
    query: { ...specFields, ...listKeys },
    defaults: listDefaults,
    example: 'batchSize=4,32,full&learningRate=0.01,0.1&epochs=50&seeds=3',
    type: json,
    schema: 'Sweep',
    takesLists: mostExperiments.ofMap,
    trains: true,
  },
  {
    path: '/api/sweep.csv',
    summary: 'Several experiments as a table',
    description:
      `${lists(mostExperiments.ofMap)} One row per experiment: a column for each field that varies, then ` +
      `${sweepColumns.join(', ')}. Counts are whole numbers, statistics floats. An empty cell has no number: all runs ` +
      'diverged, there were too few epochs for an instability, or too few runs ever reached an accuracy of 0.8.',
    query: { ...specFields, ...listKeys },
    defaults: listDefaults,
    example: 'batchSize=4,32,full&epochs=50&seeds=3&equal=epochs',
    type: 'text/csv; charset=utf-8; header=present',
    isFile: true,
    takesLists: mostExperiments.ofMap,
    trains: true,
  },
  {
    path: '/api/dataset',
    summary: 'The examples that the network learns',
    description:
      'The features in float64 in the units of the dataset, and the inputs that the network gets of them, which are scaled ' +
      'where `scaling` says so; in the order in which the rows train and test: the first train.',
    query: specFields,
    example: 'dataset=moons&examples=200',
    type: json,
    schema: 'Dataset',
  },
  {
    path: '/api/boundary',
    summary: 'The decision boundary of the first run',
    description:
      'The predicted class and its probability on a grid of 100 × 100 cells over the extent of the data plus a tenth, ' +
      'in the units of the dataset. Of datasets with two features alone.',
    query: specFields,
    example: 'dataset=moons&epochs=50',
    type: json,
    schema: 'Boundary',
    trains: true,
  },
  {
    path: '/api/gradient-noise',
    summary: 'The noise of the first run’s gradients, epoch by epoch',
    description:
      'The squared length of the full training gradient, the trace of the covariance of one example’s, the simple noise ' +
      'scale that is their ratio, and the share of a batch’s squared gradient that is noise. `definitions` says in the ' +
      'answer what each is. Of the engine fused alone, whose kernel measures it. The measuring counts as work: an ' +
      'experiment near the budget can be refused here.',
    query: specFields,
    example: 'batchSize=4&epochs=50',
    type: json,
    schema: 'GradientNoise',
    trains: true,
  },
  {
    path: '/api/generalization',
    summary: 'How often the runs of an experiment are right on fresh points',
    description:
      'Fresh examples of the same distribution as the dataset (the same centers, outlines and noise) that are in neither ' +
      'split, 200,000 unless `freshExamples` says otherwise: how often each run is right on them after its last epoch, ' +
      'beside its test half, each with its standard error, and how often the best rule is. All seeds share one test half, ' +
      'so its luck is that of all. The fresh examples are the same for all experiments with equal dataset, classes, noise ' +
      'and datasetSeed. With `pin`, `comparison` says how much more often the runs are right than those of the pinned ' +
      'experiment on the same fresh examples. Drawing and predicting them counts as work: an experiment near the budget ' +
      'can be refused here. No fresh examples can be drawn of a table: vary its `datasetSeed` in a sweep.',
    query: { ...specFields, ...generalizationView },
    example: 'batchSize=256&epochs=50&seeds=5',
    examples: { pin: 'batchSize=full', freshExamples: 20000 },
    type: json,
    schema: 'Generalization',
    trains: true,
  },
  {
    path: '/api/churn',
    summary: 'Which test examples change class from epoch to epoch',
    description:
      'Of the first run, over the last quarter of its epochs, if there are at least 40: the share of test examples whose ' +
      'predicted class changes from one epoch to the next (churn), how often each example changes, and the sequence of ' +
      'classes of the most restless ones. And the class that each test example is given after the last epoch. Unlike the ' +
      'instability of the accuracy, changes in opposite directions do not cancel (Milani Fard et al. 2016). The ' +
      'predicting counts as work: an experiment near the budget can be refused here.',
    query: specFields,
    example: 'batchSize=4&epochs=50',
    type: json,
    schema: 'Churn',
    trains: true,
  },
  {
    path: '/api/presets',
    summary: 'The experiments of the tutorial',
    description: 'Each by a readable name, with its complete spec and its permalink.',
    type: json,
    schema: 'Presets',
  },
  {
    path: '/api/openapi.json',
    summary: 'This document',
    description: 'Made from the schemas that validate what comes in and describe what goes out.',
    type: json,
  },
  {
    path: '/api/health',
    summary: 'Versions',
    description: 'Of the software, its deployment and its engines. An answer means that the Worker is up.',
    type: json,
    schema: 'Health',
    isMomentary: true,
  },
  ...chartNames.map(chartRoute),
  {
    path: cardPath,
    summary: 'The social card of a permalink',
    description: 'Title and learning curves, 1200 × 630 pixels; with `pin`, those of both experiments.',
    query: { ...specFields, ...cardView },
    defaults: { side: 'B' },
    example: 'batchSize=64',
    examples: { pin: 'batchSize=full' },
    type: 'image/png',
    trains: true,
  },
  {
    path: '/oembed',
    summary: 'How to show a permalink on another site',
    description:
      'For those who make previews of links (https://oembed.com). It ignores query keys that it does not know. The ' +
      'address may leave out the site.',
    query: oembedFields,
    defaults: { format: 'json' },
    examples: { url: '/playground?batchSize=64', maxwidth: 600, maxheight: 600 },
    requires: ['url'],
    example: 'url=/playground?batchSize=64',
    type: json,
    schema: 'OEmbed',
    refusals: [404, 501],
  },
  {
    path: '/playground',
    summary: 'The page of a permalink',
    description:
      'A page: it ignores query keys that it does not know, and says in words what is wrong with the others.',
    query: specFields,
    example: 'batchSize=64',
    type: page,
    trains: true,
  },
  {
    path: '/embed',
    summary: 'The bare figure of a permalink',
    description: 'A page, and the only one that other sites may frame. It ignores query keys that it does not know.',
    query: specFields,
    example: 'batchSize=64',
    type: page,
    trains: true,
  },
  {
    path: '/api',
    summary: 'How to use the API, with examples to copy',
    description: 'A page with examples in curl, JavaScript and Python that work where it is served.',
    type: page,
  },
])

/** Every path that the application serves. */
export type RoutePath = (typeof documentation)[number]['path']
