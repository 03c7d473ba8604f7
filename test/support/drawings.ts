/** What charts are drawn from in tests: trained by the product's own engine. */
import { kindOf, type ChartName, type Drawing } from '#charts/drawing.tsx'
import { completeView, type View } from '#charts/view.ts'
import { makeDataset } from '#dataset/dataset.ts'
import { labeledPoints } from '#dataset/labeled-points.ts'
import { referencesOf } from '#dataset/references.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { fingerprint } from '#experiment/numbers.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec.ts'
import { variedFields } from '#experiment/sweep.ts'
import { trainBoundary } from '#training/boundary.ts'
import { train } from '#training/train.ts'

/** The end of a training. */
function last<Value>(training: Generator<unknown, Value, void>): Value {
  for (;;) {
    const slice = training.next()
    if (slice.done) return slice.value
  }
}

/** The result of an experiment, with the histories of all its runs. */
async function resultOf(given: PartialSpec): Promise<ExperimentResult> {
  const spec = completeSpec(given)
  const numbers = last(train(spec))
  const outcome = { digest: await digest(spec), fingerprint: await fingerprint(numbers), numbers }
  return deriveResult(spec, outcome, { histories: spec.seeds })
}

/** All that a chart needs to be drawn. */
export async function drawingOf(
  chart: ChartName,
  given: readonly PartialSpec[],
  view: Partial<View> = {},
): Promise<Drawing> {
  const results = (await Promise.all(given.map(resultOf))) as [ExperimentResult, ...ExperimentResult[]]
  const [{ spec }] = results
  const { needs } = kindOf(chart)
  return {
    chart,
    results,
    varied: variedFields(given),
    view: completeView(view),
    references: referencesOf(results.map((result) => result.spec)),
    ...(needs.includes('data') ? { data: labeledPoints(makeDataset(spec)) } : {}),
    ...(needs.includes('boundary') ? { boundary: last(trainBoundary(spec)) } : {}),
  }
}
