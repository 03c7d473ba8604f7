/**
 * Asks the Worker for everything that a figure's drawing needs.
 */
import type { Drawing } from '#charts/drawing.tsx'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { Churn } from '#experiment/result/churn.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { withQuery } from '#experiment/spec/query-text.ts'

import { request, requestResult } from '../request.ts'
import { watchTraining } from '../watch-training.ts'
import { type FigureProps } from './figure-props.ts'

/** What came, and whether any of it was trained for this. */
export interface Answer {
  drawing: Drawing
  isComputedNow: boolean
}

interface Load {
  /** Past the browser's own cache. */
  isFresh: boolean
  /** Stops all of it; aborted, too, when a part of it fails. */
  loading: AbortController
  /** Called with how far the Worker is: a share from 0 to 1, and in words. Not after the end. */
  onProgress: (done: number, words: string) => void
}

/**
 * Fetches a figure's drawing.
 *
 * @throws Failure with words for the reader; the signal's reason when it was stopped
 */
export async function askWorker(figure: FigureProps, { isFresh, loading, onProgress }: Load): Promise<Answer> {
  const { experiments, needs } = figure
  const { signal } = loading
  let done = 0
  const report = (share: number, words: string) => {
    if (!signal.aborted) onProgress((done + share) / experiments.length, words)
  }
  const onWait = (seconds: number) => report(0, `the server is busy, asking again in ${seconds} s`)

  const one = async ({ name, query, seeds }: FigureProps['experiments'][number]) => {
    const onSend = () =>
      watchTraining(query, seeds, (share, words) => report(share, name ? `${name}: ${words}` : words))
    const answer = await requestResult(query, needs.includes('histories') ? seeds : 0, {
      isFresh,
      signal,
      onWait,
      onSend,
    })
    done++
    report(0, `${done} of ${experiments.length} experiments`)
    return answer
  }
  const ofTheFirst = async (path: string) =>
    (await request(withQuery(path, experiments[0]?.query ?? ''), { isFresh, signal, onWait })).json

  try {
    const [all, data, boundary, noise, churn] = await Promise.all([
      Promise.all(experiments.map(one)),
      needs.includes('data') ? ofTheFirst('/api/dataset') : undefined,
      needs.includes('boundary') ? ofTheFirst('/api/boundary') : undefined,
      needs.includes('noise') ? ofTheFirst('/api/gradient-noise') : undefined,
      needs.includes('churn') ? ofTheFirst('/api/churn') : undefined,
    ])
    const drawing = {
      ...figure,
      results: all.map(({ result }) => result) as [ExperimentResult, ...ExperimentResult[]],
      data: data as LabeledPoints | undefined,
      boundary: boundary as Boundary | undefined,
      noise: noise as GradientNoise | undefined,
      churn: churn as Churn | undefined,
    }
    return { drawing, isComputedNow: all.some(({ isNew }) => isNew) }
  } catch (error) {
    // What is still under way is of no use any more.
    loading.abort()
    throw error
  }
}
