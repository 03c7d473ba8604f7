/**
 * Answers questions about an experiment's first run in a worker: its decision boundary at a moment and its points at once,
 * others after loading what answers them (`rare-answers.ts`).
 */
import { inputsOf } from '#datasets/inputs.ts'
import { datasetOf } from '#datasets/split.ts'
import { gridOver, gridPoints } from '#experiment/result/grid.ts'

import type { Answers, QuestionKind, Question } from './protocol.ts'
import type { Recordings } from './recordings.ts'
import { visit } from './visit.ts'

type Answerer<K extends QuestionKind> = (question: Question, recordings: Recordings) => Generator<void, Answers[K]>
export type Answerers = { [K in QuestionKind]: Answerer<K> }

const answerers: Pick<Answerers, 'boundary' | 'points'> & Partial<Answerers> = {
  *boundary({ spec, moment }, recordings) {
    const dataset = datasetOf(spec)
    const grid = gridOver(dataset.coordinates)
    const points = inputsOf(dataset, gridPoints(grid))
    const predictions = yield* visit(spec, moment, recordings, (network) => network.predict(points))
    return { ...grid, ...(predictions ?? { classes: null, confidences: null }) }
  },
  *points({ spec }) {
    yield
    return structuredClone(datasetOf(spec))
  },
}

/** Loads what answers a kind of question; undefined if there is nothing to await. */
export function loadAnswerer(kind: QuestionKind): Promise<void> | undefined {
  if (answerers[kind]) return undefined
  return import('./rare-answers.ts').then(({ rareAnswerers }) => void Object.assign(answerers, rareAnswerers))
}

/**
 * Answers a question, in pieces.
 *
 * @throws Error if what answers it has not been loaded
 */
export function answerTo(question: Question, recordings: Recordings): Generator<void, Answers[QuestionKind]> {
  const answer = answerers[question.kind]
  if (!answer) throw new Error(`what answers ${question.kind} has not been loaded`)
  return answer(question, recordings)
}
