/** What charts are drawn from in tests: trained by the product's own engine. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'

import { chartTypeOf, type ChartName, type Drawing } from '#charts/drawing.tsx'
import { completeView, type View } from '#charts/view.ts'
import { makeDataset } from '#datasets/dataset.ts'
import { chartedPoints } from '#datasets/labeled-points.ts'
import { referencesOf } from '#datasets/reference-accuracies.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { Churn } from '#experiment/result/churn.ts'
import { deriveResult } from '#experiment/result/derive.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import { fingerprint } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { digest } from '#experiment/spec/digest.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { variedFields } from '#experiment/spec/sweep.ts'

/** The end of a training. */
function last<Value>(training: Generator<unknown, Value, void>): Value {
  for (;;) {
    const slice = training.next()
    if (slice.done) return slice.value
  }
}

/**
 * What some work comes to. A mutation tester draws the same experiments a thousand times, and changes nothing that
 * trains: it finds them in files.
 */
async function kept<Value>(key: string, make: () => Promise<Value>): Promise<Value> {
  if (process.env['ROOM'] === undefined) return make()
  const folder = 'node_modules/.cache/minibatch-drawings'
  const file = join(folder, key)
  if (existsSync(file)) return deserialize(readFileSync(file)) as Value
  const value = await make()
  mkdirSync(folder, { recursive: true })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, serialize(value))
  renameSync(unfinished, file)
  return value
}

/** The result of an experiment, with the histories of all its runs. */
async function resultOf(given: PartialSpec): Promise<ExperimentResult> {
  const spec = completeSpec(given)
  const id = await digest(spec)
  const numbers = await kept(id, async () => last((await import('#training/by-engine.ts')).trainNumbers(spec)))
  const outcome = { digest: id, fingerprint: await fingerprint(numbers), numbers }
  return deriveResult(spec, outcome, { histories: spec.seeds })
}

async function boundaryOf(spec: ExperimentSpec): Promise<Boundary> {
  const { trainBoundary } = await import('#training/by-engine.ts')
  return last(trainBoundary(spec))
}

async function noiseOf(spec: ExperimentSpec): Promise<GradientNoise> {
  const { trainNoise } = await import('#training/by-engine.ts')
  return last(trainNoise(spec))
}

async function churnOf(spec: ExperimentSpec): Promise<Churn> {
  const { trainChurn } = await import('#training/by-engine.ts')
  return last(trainChurn(spec))
}

/** All that a chart needs to be drawn. */
export async function drawingOf(
  chart: ChartName,
  given: readonly PartialSpec[],
  view: Partial<View> = {},
): Promise<Drawing> {
  const results = (await Promise.all(given.map(resultOf))) as [ExperimentResult, ...ExperimentResult[]]
  const [{ spec, digest: id }] = results
  const { needs } = chartTypeOf(chart)
  return {
    chart,
    results,
    varied: variedFields(given),
    view: completeView(view),
    references: referencesOf(results.map((result) => result.spec)),
    ...(needs.includes('data') ? { data: chartedPoints(makeDataset(spec)) } : {}),
    ...(needs.includes('boundary') ? { boundary: await kept(`${id}-boundary`, () => boundaryOf(spec)) } : {}),
    ...(needs.includes('noise') ? { noise: await kept(`${id}-noise`, () => noiseOf(spec)) } : {}),
    ...(needs.includes('churn') ? { churn: await kept(`${id}-churn`, () => churnOf(spec)) } : {}),
  }
}
