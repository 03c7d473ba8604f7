/** The routes `/charts/*.svg`: charts as standalone SVG files. */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { fileEdge } from '#charts/axes/frame.tsx'
import { isTrained, type ChartType } from '#charts/chart-type.ts'
import { ChartOf, heightOf, chartTypeOf, type ChartName } from '#charts/drawing.tsx'
import { sides } from '#charts/sides.ts'
import { svgFile } from '#charts/svg-file.ts'
import { themes, type Theme } from '#charts/theme.ts'
import { completeView, viewChoices } from '#charts/view.ts'
import { chartedPoints } from '#datasets/labeled-points.ts'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import { datasetOf } from '#datasets/split.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import { churnSpec, type Churn } from '#experiment/result/churn.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import { measuredSpec, type GradientNoise } from '#experiment/result/gradient-noise.ts'
import { emptyNumbers } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { boundarySpec } from '#experiment/spec/data-kind.ts'
import { choice, wholeField } from '#experiment/spec/fields.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { pinField, readPin } from '#experiment/spec/pin.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { readSweep, type Sweep } from '#experiment/spec/sweep.ts'
import type { BoundaryCache } from '#results/boundaries.ts'
import type { ChurnCache, NoiseCache } from '#results/measurements.ts'
import type { Results, Source } from '#results/results.ts'

import { sizeOfSeveral, type AnswerSize } from './assembly-memory.ts'
import { respond } from './cached-response.ts'
import { deriveYielding } from './chunked-json.ts'
import { callerOf, type WorkerApp } from './environment.ts'
import { originOf } from './origin.ts'
import { eachOutcome, sweepDigest } from './several-experiments.ts'

/** The view keys of a query: how a chart is drawn. */
const chartView = {
  width: wholeField('width', 280, 1600),
  theme: choice('theme', themes),
  metric: choice('metric', viewChoices.metric),
  axis: choice('axis', viewChoices.axis),
  train: choice('train', viewChoices.train),
  runs: choice('runs', viewChoices.runs),
  value: choice('value of the cells', viewChoices.value),
  pin: pinField,
  side: choice('side of the comparison that the experiment is on', sides),
}
const defaultWidth = 720
/** Programs other than browsers misinterpret the media query of `auto`. */
const defaultTheme: Theme = 'light'
/** The view of a query without view keys. */
export const chartDefaults = { width: defaultWidth, theme: defaultTheme, ...completeView() }
/** The most runs that are drawn individually, over all experiments of a chart, which keeps drawing fast. */
const mostHistories = 30

/**
 * The view keys of one chart: size, theme, the switches that it has, and the other experiment where it compares. Other
 * keys are refused.
 */
export function chartViewOf(chart: ChartName): typeof chartView {
  const { width, theme, pin, side } = chartView
  const { switches, isComparing = false } = chartTypeOf(chart)
  const own = Object.fromEntries(switches.map((key) => [key, chartView[key]]))
  return { width, theme, ...own, ...(isComparing ? { pin, side } : {}) } as typeof chartView
}

/** The caches of what charts are drawn from. */
interface ChartSources {
  results: Results
  boundaries: BoundaryCache
  noises: NoiseCache
  churns: ChurnCache
}

/**
 * The handler of a chart's route. The chart shows one experiment, or several given by comma-separated lists in one or
 * two fields.
 */
export function getChart(chart: ChartName, { results, boundaries, noises, churns }: ChartSources): Handler<WorkerApp> {
  const kind = chartTypeOf(chart)
  const { isOfSeveral, most, needs } = kind
  return async (c) => {
    const query = new URL(c.req.url).searchParams
    const asked = isOfSeveral
      ? readSweep(query, chartViewOf(chart), most)
      : one(readSpec(query, chartViewOf(chart), 'refuse'), needs)
    const { specs } = asked
    const pinned = asked.view.pin === undefined ? undefined : readPin(asked.view.pin, specs[0])
    const all: Specs = pinned ? [...specs, pinned] : specs
    const need = async (): Promise<Needed> => ({
      ...(needs.includes('noise') ? await noiseOf(c, noises, specs[0]) : {}),
      ...(needs.includes('training') ? await resultsOf(c, chart, results, all) : {}),
      ...(needs.includes('boundary') ? { boundary: (await boundaries.get(specs[0], callerOf(c))).boundary } : {}),
      ...(needs.includes('churn') ? await churnOf(c, churns, specs[0]) : {}),
    })
    return respond<Needed>(c, {
      type: 'image/svg+xml',
      namesOrigin: kind.hasLinks ?? false,
      identity: await identityOf(chart, { ...asked, specs: all }),
      ...(isTrained(kind) ? { need, size: sizeOf(chart, all) } : {}),
      make: (have) => draw(c, chart, asked, have),
    })
  }
}

/** The experiments and the view of a query. */
type Asked = Sweep<typeof chartView>
type Specs = Asked['specs']

/** What is measured of the first run alone: its spec, which is refused if it cannot be measured. */
const firstRun: Partial<Record<ChartType['needs'][number], (spec: ExperimentSpec) => ExperimentSpec>> = {
  boundary: boundarySpec,
  noise: measuredSpec,
  churn: churnSpec,
}

/**
 * Converts one experiment to a sweep of one. If only its first run is shown, the others are dropped, since training
 * them would be wasted.
 */
function one({ spec, view }: ReturnType<typeof readSpec<typeof chartView>>, needs: ChartType['needs']): Asked {
  const ofFirstRun = needs.map((need) => firstRun[need]).find(Boolean)
  return { specs: [ofFirstRun?.(spec) ?? spec], varied: [], equal: 'epochs', view }
}

/** The data that a chart is drawn from, as far as it has to be loaded. */
interface Needed {
  /** The result of each spec, and of the pinned one; missing for a chart that only shows the dataset. */
  results?: readonly ExperimentResult[]
  boundary?: Boundary
  noise?: GradientNoise
  churn?: Churn
  source?: Source | undefined
}

/** The identity of a chart within a release. */
async function identityOf(chart: ChartName, { specs, varied, view }: Asked): Promise<string> {
  const question = await sweepDigest(specs, varied)
  const { width, theme = defaultTheme, pin, side, ...given } = view
  const compared = pin === undefined ? [] : [`compared${side ?? 'B'}`]
  return [chart, question, width, theme, ...Object.values(completeView(given)), ...compared].join('-')
}

/** Renders the chart as an SVG file. */
function draw(
  c: Context<WorkerApp>,
  chart: ChartName,
  { specs, varied, view }: Asked,
  { results = specs.map(untrained), boundary, noise, churn }: Needed,
): string {
  const { width = defaultWidth, theme = defaultTheme, pin, side, ...given } = view
  const { needs } = chartTypeOf(chart)
  const drawing = {
    chart,
    varied,
    view: completeView(given),
    references: referencesOf(specs),
    results: results.slice(0, specs.length) as [ExperimentResult, ...ExperimentResult[]],
    ...(pin === undefined ? {} : { pinned: results[specs.length], side }),
    ...(needs.includes('data') ? { data: chartedPoints(datasetOf(specs[0])) } : {}),
    ...(boundary ? { boundary } : {}),
    ...(noise ? { noise } : {}),
    ...(churn ? { churn } : {}),
  }
  const inner = width - 2 * fileEdge.x
  const size = { width: inner, height: heightOf(drawing, inner) }
  return svgFile(renderToString(<ChartOf drawing={drawing} {...size} isFile origin={originOf(c)} />), theme)
}

/** How many runs of each experiment a chart draws individually. */
function historiesOf(chart: ChartName, { length }: Specs): number {
  return chartTypeOf(chart).needs.includes('histories') ? Math.ceil(mostHistories / length) : 0
}

/** The size of a chart's response. */
function sizeOf(chart: ChartName, specs: Specs): AnswerSize {
  const histories = historiesOf(chart, specs)
  return sizeOfSeveral(specs, { hasCurves: histories > 0, histories })
}

/** The results of a chart's experiments, derived as far as it draws them. */
async function resultsOf(c: Context<WorkerApp>, chart: ChartName, results: Results, specs: Specs) {
  const histories = historiesOf(chart, specs)
  const { made, source } = await eachOutcome(c, results, specs, (spec, outcome) =>
    deriveYielding(spec, outcome, { histories, curves: histories > 0 }),
  )
  return { results: made, source }
}

/** The gradient noise of the first run, and where it came from. */
async function noiseOf(c: Context<WorkerApp>, noises: NoiseCache, spec: ExperimentSpec) {
  const { value: noise, source } = await noises.get({ spec }, callerOf(c))
  return { noise, source }
}

/** The churn of the first run, and where it came from. */
async function churnOf(c: Context<WorkerApp>, churns: ChurnCache, spec: ExperimentSpec) {
  const { value: churn, source } = await churns.get({ spec }, callerOf(c))
  return { churn, source }
}

/** An empty result, which contains only what is known about a spec before training. */
function untrained(spec: ExperimentSpec): ExperimentResult {
  const shape = { ...spec, seeds: 1 }
  return deriveResult(shape, { digest: '', fingerprint: '', numbers: emptyNumbers(shape) }, { histories: 0 })
}
