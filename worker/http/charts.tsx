/**
 * `/charts/*.svg`: figures as standalone SVG files.
 */
import type { Context, Handler } from 'hono'
import { renderToString } from 'preact-render-to-string'

import { ChartOf, heightOf, kindOf, type ChartName, type Drawing } from '#charts/drawing.tsx'
import { fileEdge } from '#charts/frame.tsx'
import { chartStyles, themes } from '#charts/theme.ts'
import { completeView, viewChoices } from '#charts/view.ts'
import { makeDataset } from '#dataset/dataset.ts'
import { labeledPoints } from '#dataset/labeled-points.ts'
import { referencesOf } from '#dataset/references.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { choice, whole } from '#experiment/fields.ts'
import { emptyNumbers } from '#experiment/numbers.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { sha256 } from '#experiment/sha256.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import { readSweep, type Specs } from '#experiment/sweep.ts'
import type { Boundaries } from '#results/boundaries.ts'
import type { Results, Source } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { cacheStatus, farthest, represent } from './representation.ts'

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
export function getChart(chart: ChartName, results: Results, boundaries: Boundaries): Handler<App> {
  const { isOfSeveral, needs } = kindOf(chart)
  return async (c) => {
    const query = new URL(c.req.url).searchParams
    const { specs, varied, view } = isOfSeveral
      ? readSweep(query, chartViewOf(chart))
      : one(readSpec(query, chartViewOf(chart), 'refuse'))
    const [spec] = specs
    return answer(c, chart, { specs, varied, view }, async () => ({
      ...(needs.includes('training')
        ? await resultsOf(c, results, specs, needs.includes('histories') ? mostHistories : 0)
        : { results: [untrained(spec)] }),
      ...(needs.includes('data') ? { data: labeledPoints(makeDataset(spec)) } : {}),
      ...(needs.includes('boundary') ? { boundary: (await boundaries.get(spec, callerOf(c))).boundary } : {}),
    }))
  }
}

/** One experiment as a sweep of one. */
function one({ spec, view }: ReturnType<typeof readSpec<typeof chartView>>): Asked {
  return { specs: [spec], varied: [], view }
}

/** What a query asks for. */
type Asked = ReturnType<typeof readSweep<typeof chartView>>

/** What a chart needs beside its spec and its view. */
type Needs = Pick<Drawing, 'results' | 'data' | 'boundary'> & { source?: Source }

/** Answers with a chart as a file. */
async function answer(
  c: Context<App>,
  chart: ChartName,
  { specs, varied, view: { width = defaultWidth, theme = 'auto', ...given } }: Asked,
  need: () => Promise<Needs>,
): Promise<Response> {
  const view = completeView(given)
  const digests = await Promise.all(specs.map(digest))
  const question = digests.length > 1 ? await sha256(new TextEncoder().encode(digests.join(' '))) : digests[0]
  return represent(c, {
    type: 'image/svg+xml',
    identity: [chart, question, width, theme, ...Object.values(view)].join('-'),
    make: async () => {
      const { source, ...needs } = await need()
      const drawing = { chart, varied, view, references: referencesOf(specs), ...needs }
      const inner = width - 2 * fileEdge.x
      const size = { width: inner, height: heightOf(drawing, inner) }
      return {
        body: renderToString(<ChartOf drawing={drawing} {...size} styles={chartStyles(theme)} />),
        headers: source ? cacheStatus({ source }) : {},
      }
    },
  })
}

/** The results of experiments, one after the other; trained, where one of them had to be. */
async function resultsOf(c: Context<App>, results: Results, specs: Specs, most: number): Promise<Needs> {
  const histories = Math.ceil(most / specs.length)
  const derived: ExperimentResult[] = []
  const sources: Source[] = []
  for (const spec of specs) {
    const outcome = await results.get(spec, callerOf(c))
    sources.push(outcome.source)
    derived.push(deriveResult(spec, outcome, { histories }))
  }
  return {
    results: derived as [ExperimentResult, ...ExperimentResult[]],
    source: farthest(sources as [Source, ...Source[]]),
  }
}

/** A spec as the result of nothing: what is known before it is trained. */
function untrained(spec: ExperimentSpec): ExperimentResult {
  const shape = { ...spec, seeds: 1 }
  return deriveResult(shape, { digest: '', fingerprint: '', numbers: emptyNumbers(shape) }, { histories: 0 })
}
