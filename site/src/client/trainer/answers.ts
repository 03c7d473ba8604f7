/**
 * Answers questions about an experiment's first run in a worker: its decision boundary, its parameters or its next
 * step at a moment, the noise of its gradients, its points.
 */
import { inputsOf } from '#datasets/inputs.ts'
import { datasetOf, splitOf } from '#datasets/split.ts'
import { churnEpochs } from '#experiment/result/churn-share.ts'
import { gridOver, gridPoints } from '#experiment/result/grid.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { FusedNetwork } from '#training/fused/network.ts'
import { measureNoise } from '#training/fused/noise.ts'
import { takeStep } from '#training/fused/step.ts'
import type { Moment } from '#training/moment.ts'
import { Slice } from '#training/progress.ts'

import { SlicePace } from './pace.ts'
import type { Answers, QuestionKind, Question } from './protocol.ts'
import type { Recordings } from './recordings.ts'

type Answerer<K extends QuestionKind> = (question: Question, recordings: Recordings) => Generator<void, Answers[K]>

/** A piece of work of some millisecond: a tenth of a Worker's slice. */
const pieces = 10

const answerers: { [K in QuestionKind]: Answerer<K> } = {
  *boundary({ spec, moment }, recordings) {
    const dataset = datasetOf(spec)
    const grid = gridOver(dataset.coordinates)
    const points = inputsOf(dataset, gridPoints(grid))
    const predictions = yield* visit(spec, moment, recordings, (network) => network.predict(points))
    return { ...grid, ...(predictions ?? { classes: null, confidences: null }) }
  },
  *step({ spec, moment }, recordings) {
    return yield* visit(spec, moment, recordings, (network) => takeStep(spec, splitOf(spec), network, moment.step ?? 0))
  },
  *network({ spec, moment }, recordings) {
    const parametersAt = (at: Moment) => visit(spec, at, recordings, (network) => network.parameters)
    const layers = yield* parametersAt(moment)
    return layers && { layers, last: (yield* parametersAt({ epoch: spec.epochs })) ?? layers }
  },
  *noise({ spec }) {
    return yield* measureNoise(spec, splitOf(spec), new Slice(() => pieces), () => {})
  },
  *predictions({ spec }, recordings) {
    const { inputs, labels } = splitOf(spec).test
    const classes = []
    for (const epoch of churnEpochs(spec)) {
      const predicted = yield* visit(spec, { epoch }, recordings, (network) => network.predict(inputs).classes)
      if (!predicted) return { labels: labels.slice(), classes, diverged: true }
      classes.push(predicted)
    }
    return { labels: labels.slice(), classes, diverged: false }
  },
  *points({ spec }) {
    yield
    return structuredClone(datasetOf(spec))
  },
}

/** Answers a question, in pieces. */
export function answerTo(question: Question, recordings: Recordings): Generator<void, Answers[QuestionKind]> {
  return answerers[question.kind](question, recordings)
}

/** Trains the first run as far as a moment of it, and goes there. */
function visit<T>(
  spec: ExperimentSpec,
  moment: Moment,
  recordings: Recordings,
  use: (network: FusedNetwork) => T,
): Generator<void, T | null> {
  return recordings.lend(spec, function* (recording) {
    const pace = new SlicePace(spec)
    while (!recording.hasPassed(moment)) {
      pace.take((steps) => recording.advance(steps))
      yield
    }
    return recording.visit(moment, use)
  })
}
