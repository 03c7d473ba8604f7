/**
 * Computes the generalization of a spec: trains every run and counts its correct predictions on the test split and on
 * fresh points.
 */
import { freshPoints } from '#datasets/fresh-points.ts'
import { inputsOf } from '#datasets/inputs.ts'
import { nearestCenters } from '#datasets/reference-accuracies.ts'
import { datasetOf, splitOf } from '#datasets/split.ts'
import { freshExamples, generalizationOf, type Generalization, type Hits } from '#experiment/result/generalization.ts'
import { column } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import type { Predictor } from './boundary.ts'
import { Slice, type Predicted, type Prediction, type Progress } from './progress.ts'

/**
 * Trains every run of an experiment in slices with the engine that `predict` belongs to, and summarizes its accuracy on
 * fresh points.
 */
export function* generalizationBy(
  predict: Predictor,
  spec: ExperimentSpec,
  slice = new Slice(),
): Generator<Progress, Generalization, void> {
  const split = splitOf(spec)
  const fresh = freshPoints(spec)
  const testExamples = split.test.count
  // The points of the test split, followed by the fresh ones.
  const dataset = datasetOf(spec)
  const points = new Float32Array(split.test.features * (testExamples + freshExamples))
  points.set(split.test.inputs)
  points.set(inputsOf(dataset, fresh.coordinates), split.test.inputs.length)
  const labels = new Uint8Array(testExamples + freshExamples)
  labels.set(split.test.labels)
  labels.set(fresh.labels, testExamples)
  const hits = new Uint16Array(labels.length)
  const runs: Hits['runs'] = []
  let ended = 0
  for (let run = 0; run < spec.seeds; run++) {
    const one = { ...spec, seed: spec.seed + run, seeds: 1 }
    const { numbers, classes } = yield* withRunNumber(run, predict(one, split, points, slice))
    if (classes) {
      ended++
      let right = 0
      for (let point = 0; point < labels.length; point++) {
        const isHit = Number(classes[point] === labels[point])
        hits[point]! += isHit
        if (point >= testExamples) right += isHit
      }
      runs.push({ fresh: right / freshExamples, test: column(numbers, one, 0, 'testAccuracy').at(-1)! })
    } else runs.push(null)
  }
  const shares = Float64Array.from(hits, (count) => (ended ? count / ended : 0))
  const partsOf = (all: Float64Array) => ({ test: all.subarray(0, testExamples), fresh: all.subarray(testExamples) })
  const { centers, coordinates, trainExamples } = dataset
  const isCorrect = (label: number, point: number) => Number(label === labels[point])
  const bestOf = (known: [number, number][]) => {
    const right = new Float64Array(labels.length)
    right.set(nearestCenters(coordinates.subarray(2 * trainExamples), known))
    right.set(nearestCenters(fresh.coordinates, known), testExamples)
    return partsOf(right.map(isCorrect))
  }
  return generalizationOf(spec, { runs, ...partsOf(shares), best: centers ? bestOf(centers) : null })
}

/** Yields the progress of a run's training with the run's own number. */
function* withRunNumber(run: number, training: Prediction): Generator<Progress, Predicted, void> {
  try {
    for (;;) {
      const step = training.next()
      if (step.done) return step.value
      yield { ...step.value, run }
    }
  } finally {
    training.return({} as Predicted)
  }
}
