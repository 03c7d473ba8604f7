/**
 * Assembles the data of a figure at build time: results, dataset, decision boundary, gradient noise and churn, as its
 * chart needs.
 */
import { chartTypeOf, type ChartName, type Drawing } from '#charts/drawing.tsx'
import type { View } from '#charts/view.ts'
import { makeDataset } from '#datasets/dataset.ts'
import { chartedPoints } from '#datasets/labeled-points.ts'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'
import { variedFields } from '#experiment/spec/sweep.ts'

import { boundaryOf, buildChurn, buildNoise, buildResult } from './results.ts'

/**
 * The most individual runs that a figure embeds for all its experiments together, since they make up most of its
 * weight.
 */
const mostRuns = 5

/** The data of a chart of some experiments. */
export async function drawingOf(chart: ChartName, given: readonly PartialSpec[], view: View): Promise<Drawing> {
  // The first run of each experiment is always drawn.
  const share = Math.max(1, Math.floor(mostRuns / given.length))
  const { needs } = chartTypeOf(chart)
  const hasRuns = needs.includes('histories')
  const results = await Promise.all(
    given.map((one) => buildResult(one, hasRuns ? { histories: (one.seeds ?? 1) > 1 ? share : 1, curves: true } : {})),
  )
  const [first] = results
  if (!first) throw new Error(`a figure with the chart ${chart} needs an experiment`)
  return {
    chart,
    results: results as [ExperimentResult, ...ExperimentResult[]],
    varied: variedFields(given),
    view,
    references: referencesOf(results.map(({ spec }) => spec)),
    ...(needs.includes('data') ? { data: chartedPoints(makeDataset(first.spec)) } : {}),
    ...(needs.includes('boundary') ? { boundary: boundaryOf(first.spec) } : {}),
    ...(needs.includes('noise') ? { noise: buildNoise(first.spec) } : {}),
    ...(needs.includes('churn') ? { churn: buildChurn(first.spec) } : {}),
  }
}
