/**
 * How long the stock TensorFlow.js model trains each preset, as the article and the reports say: warmed up, the median of
 * five, of fewer epochs where a run takes long. Writes the seconds of 200 epochs into site/src/build/reports/layers.json.
 *
 *   npm run bench:layers
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'

import { splitOf } from '#datasets/split.ts'
import { presets } from '#experiment/spec/presets.ts'
import { stepsPerEpoch, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { trainLayers } from '#training/layers/train.ts'
import { Slice } from '#training/progress.ts'

import { timesOf } from './measure.ts'

const file = new URL('../../site/src/build/reports/layers.json', import.meta.url)
const rounds = 5
/** Steps of a measurement: some seconds. */
const steps = 2000

function secondsFor(spec: ExperimentSpec): number {
  const epochs = Math.min(spec.epochs, Math.max(2, Math.round(steps / stepsPerEpoch(spec))))
  const short = { ...spec, epochs }
  const train = () => {
    const start = performance.now()
    const training = trainLayers(short, splitOf(short), new Slice())
    while (!training.next().done);
    return performance.now() - start
  }
  // The first one warms up.
  train()
  const { median } = timesOf(Array.from({ length: rounds }, train))
  return (median / 1000) * (spec.epochs / epochs)
}

interface Kept {
  machine: string
  runs: Record<string, { seconds: number }>
}

const kept = JSON.parse(readFileSync(file, 'utf8')) as Kept
for (const { slug, spec } of presets) {
  const seconds = secondsFor({ ...spec, engine: 'layers' })
  kept.runs[slug]!.seconds = Number(seconds.toPrecision(2))
  console.log(slug, kept.runs[slug]!.seconds)
}
kept.machine = `Node ${process.versions.node} on ${cpus()[0]?.model.trim() ?? 'an unknown machine'}, the median of ${rounds}`
writeFileSync(file, `${JSON.stringify(kept, null, 2)}\n`)
