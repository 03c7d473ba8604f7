/**
 * Answers of the API as the guide shows them: one trimmed answer with every field named, and an example of each other route
 * with what to read in its answer. Tests ask the Worker for each of them.
 */
import { describedFields } from '#experiment/result/described-fields.ts'

import { buildResult } from './results.ts'

/** The query of the answer that is shown. */
export const answerQuery = '/api/experiments?batchSize=64'

/** Epochs of its history that are shown. */
const shownEpochs = 3

/** The answer, with the first epochs of its history and the settings that its query names. */
export async function trimmedAnswer(): Promise<string> {
  const { spec, runs, ...result } = await buildResult({ batchSize: 64 }, { histories: 1 })
  const shortened = runs.map(({ history, ...run }) => ({
    ...run,
    history: Object.fromEntries(
      Object.entries(history ?? {}).map(([metric, values]) => [metric, [...values.slice(0, shownEpochs), '…']]),
    ),
  }))
  const { digest, fingerprint, ...rest } = result
  const answer = { digest, fingerprint, spec: { batchSize: spec.batchSize, '…': '…' }, ...rest, runs: shortened }
  return (
    JSON.stringify(answer, null, 2)
      // A short list stands on one line.
      .replaceAll(/\[\s+((?:[^[\]{}]|\n)*?)\s+\]/g, (_, inner: string) => `[${inner.replaceAll(/\s+/g, ' ')}]`)
      .replaceAll('"…": "…"', '…')
      .replaceAll('"…"', '…')
  )
}

/** Every field of an answer, with what it is. */
export const answerFields = describedFields()

/** An example of a route: its address, what to read in the answer, and keys of JSON that are named there. */
interface RouteExample {
  path: string
  read: string
  keys: readonly string[]
}

export const routeExamples: readonly RouteExample[] = [
  {
    path: '/api/sweep?batchSize=8,16,32&epochs=50&equal=updates',
    read: 'rows: one for each batch size, with its settings, its updates and its summary. With equal=updates, each trains for as many updates.',
    keys: ['rows'],
  },
  {
    path: '/api/gradient-noise?batchSize=32&epochs=50',
    read: 'noiseScale: the batch size whose noise is as strong as the gradient, after each epoch; definitions says how every quantity is computed.',
    keys: ['noiseScale', 'gradientSquare', 'covarianceTrace', 'definitions'],
  },
  {
    path: '/api/generalization?batchSize=4&epochs=50&seeds=5&pin=epochs%3D50%26seeds%3D5',
    read: 'summary.fresh: the accuracy on 200,000 fresh examples. With pin, comparison.difference is the paired difference with its standard error; below two of these, it cannot be told from luck.',
    keys: ['summary', 'best', 'comparison'],
  },
  {
    path: '/api/churn?batchSize=4&epochs=50',
    read: 'mean: the share of test examples whose predicted class changes from one epoch to the next; share has each epoch.',
    keys: ['mean', 'share', 'epochs'],
  },
  {
    path: '/api/dataset?dataset=moons&examples=20',
    read: 'points and labels, of which the first trainExamples train the network.',
    keys: ['points', 'labels', 'trainExamples'],
  },
  {
    path: '/api/boundary?batchSize=4&epochs=50',
    read: 'classes: what the first run predicts on a grid of columns and rows over extent; confidences has the probabilities.',
    keys: ['classes', 'confidences', 'columns', 'rows', 'extent'],
  },
  { path: '/api/presets', read: 'the slug, title and spec of each experiment of the tutorial.', keys: [] },
  { path: '/api/health', read: 'the version of the site and of both engines.', keys: ['version', 'engines'] },
]
