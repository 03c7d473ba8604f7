/**
 * `/charts/*.svg`: figures as standalone SVG files.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { ChartOf, heightOf, kindOf, type ChartName } from '#charts/drawing.tsx'
import { fileEdge } from '#charts/frame.tsx'
import { isTrained, type Kind } from '#charts/kind.ts'
import { chartStyles, themes } from '#charts/theme.ts'
import { completeView, viewChoices } from '#charts/view.ts'
import { labeledPoints } from '#dataset/labeled-points.ts'
import { referencesOf } from '#dataset/references.ts'
import { datasetOf } from '#dataset/split.ts'
import type { Boundary } from '#experiment/boundary.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { choice, whole } from '#experiment/fields.ts'
import { measuredSpec, type GradientNoise } from '#experiment/gradient-noise.ts'
import { emptyNumbers, type Outcome } from '#experiment/numbers.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { sha256 } from '#experiment/sha256.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { readSweep, type Specs } from '#experiment/sweep.ts'
import type { Boundaries } from '#results/boundaries.ts'
import type { Noises } from '#results/measurements.ts'
import type { Results, Source } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { farthest, represent } from './representation.ts'

/** View keys: how a chart is drawn. */
const chartView = {
  width: whole('width', 280, 1600),
  theme: choice('theme', themes),
  metric: choice('metric', viewChoices.metric),
  axis: choice('axis', viewChoices.axis),
  train: choice('train', viewChoices.train),
  runs: choice('runs', viewChoices.runs),
}
const defaultWidth = 720
/** What the view is where a query does not say. */
export const chartDefaults = { width: defaultWidth, theme: themes[0], ...completeView() }
/** The most runs that are drawn one by one, over all experiments of a chart: drawing is quick, and stays so. */
const mostHistories = 30

/** The view keys of one chart: its size, its colors, and what of it can be switched. The others are never given. */
export function chartViewOf(chart: ChartName): typeof chartView {
  const { width, theme } = chartView
  const switches = kindOf(chart).switches.map((key) => [key, chartView[key]])
  return { width, theme, ...Object.fromEntries(switches) } as typeof chartView
}

/** The route of a chart: of one experiment, or of several by comma lists in one or two fields. */
export function getChart(chart: ChartName, results: Results, boundaries: Boundaries, noises: Noises): Handler<App> {
  const kind = kindOf(chart)
  const { isOfSeveral, needs } = kind
  return async (c) => {
    const query = new URL(c.req.url).searchParams
    const asked = isOfSeveral
      ? readSweep(query, chartViewOf(chart))
      : one(readSpec(query, chartViewOf(chart), 'refuse'), needs)
    const { specs } = asked
    const need = async (): Promise<Needed> => ({
      ...(needs.includes('noise') ? await noiseOf(c, noises, specs[0]) : {}),
      ...(needs.includes('training') ? await outcomesOf(c, results, specs) : {}),
      ...(needs.includes('boundary') ? { boundary: (await boundaries.get(specs[0], callerOf(c))).boundary } : {}),
    })
    return represent<Needed>(c, {
      type: 'image/svg+xml',
      identity: await identityOf(chart, asked),
      ...(isTrained(kind) ? { need } : {}),
      make: (have) => draw(chart, asked, have),
    })
  }
}

/** What a query asks for. */
type Asked = ReturnType<typeof readSweep<typeof chartView>>

/** One experiment as a sweep of one; of its first run alone, where the others would be trained for nothing. */
function one({ spec, view }: ReturnType<typeof readSpec<typeof chartView>>, needs: Kind['needs']): Asked {
  const drawn = needs.includes('noise') ? measuredSpec(spec) : needs.includes('boundary') ? { ...spec, seeds: 1 } : spec
  return { specs: [drawn], varied: [], view }
}

/** What a chart is drawn from, as far as it had to be asked for. */
interface Needed {
  /** Of each spec; not there for a chart of the data alone. */
  outcomes?: readonly Outcome[]
  boundary?: Boundary
  noise?: GradientNoise
  source?: Source | undefined
}

/** What names a chart beside its release. */
async function identityOf(chart: ChartName, { specs, varied, view }: Asked): Promise<string> {
  const digests = await Promise.all(specs.map(digest))
  const question =
    digests.length > 1 ? await sha256(new TextEncoder().encode([...digests, ...varied].join(' '))) : digests[0]
  const { width, theme, ...given } = view
  return [chart, question, width, theme, ...Object.values(completeView(given))].join('-')
}

/** The chart as a file. */
function draw(chart: ChartName, { specs, varied, view }: Asked, { outcomes = [], boundary, noise }: Needed): string {
  const { width = defaultWidth, theme = 'auto', ...given } = view
  const { needs } = kindOf(chart)
  const histories = needs.includes('histories') ? Math.ceil(mostHistories / specs.length) : 0
  const results = specs.map((spec, index) => {
    const outcome = outcomes[index]
    return outcome ? deriveResult(spec, outcome, { histories }) : untrained(spec)
  })
  const drawing = {
    chart,
    varied,
    view: completeView(given),
    references: referencesOf(specs),
    results: results as [ExperimentResult, ...ExperimentResult[]],
    ...(needs.includes('data') ? { data: labeledPoints(datasetOf(specs[0])) } : {}),
    ...(boundary ? { boundary } : {}),
    ...(noise ? { noise } : {}),
  }
  const inner = width - 2 * fileEdge.x
  const size = { width: inner, height: heightOf(drawing, inner) }
  return renderToString(<ChartOf drawing={drawing} {...size} styles={chartStyles(theme)} />)
}

/** The numbers of experiments, one after the other; where they came from is what had to be waited for. */
async function outcomesOf(c: Context<App>, results: Results, specs: Specs) {
  const outcomes: Awaited<ReturnType<Results['get']>>[] = []
  for (const spec of specs) outcomes.push(await results.get(spec, callerOf(c)))
  return { outcomes, source: farthest(outcomes.map(({ source }) => source) as [Source, ...Source[]]) }
}

/** The noise of a first run, and where it came from. */
async function noiseOf(c: Context<App>, noises: Noises, spec: ExperimentSpec) {
  const { value: noise, source } = await noises.get(spec, callerOf(c))
  return { noise, source }
}

/** A spec as the result of nothing: what is known before it is trained. */
function untrained(spec: ExperimentSpec): ExperimentResult {
  const shape = { ...spec, seeds: 1 }
  return deriveResult(shape, { digest: '', fingerprint: '', numbers: emptyNumbers(shape) }, { histories: 0 })
}
