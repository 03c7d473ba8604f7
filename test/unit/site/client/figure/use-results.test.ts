/** What a figure draws once it is explored: the browser trains and the Worker is asked, and the first to finish wins. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { curveSwitches, completeView } from '#charts/view.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import type { Answer } from '../../../../../site/src/client/figure/ask-worker.ts'
import type { FigureProps } from '../../../../../site/src/client/figure/figure-props.ts'
import type { TrainedAnswer, trainInBrowser } from '../../../../../site/src/client/figure/train-in-browser.ts'
import { useResults } from '../../../../../site/src/client/figure/use-results.ts'
import { renderHook } from '../../../../support/hooks.ts'

const { ask, train } = vi.hoisted(() => ({
  ask: vi.fn<() => Promise<Answer>>(),
  train: vi.fn<typeof trainInBrowser>(),
}))
vi.mock('../../../../../site/src/client/figure/ask-worker.ts', () => ({ askWorker: ask }))
vi.mock('../../../../../site/src/client/after-paint.ts', () => ({ afterPaint: () => Promise.resolve() }))
vi.mock('../../../../../site/src/client/figure/prewarm.ts', () => ({
  loadTrainer: () => Promise.resolve({ canTrainInBrowser: () => true, trainInBrowser: train, TrainerError: Error }),
}))

const figure: FigureProps = {
  chart: 'learning-curves',
  needs: ['training'],
  switches: curveSwitches,
  view: completeView(),
  engine: 'fused-1',
  varied: [],
  references: [],
  sizes: [],
  chartQuery: '',
  stops: 200,
  experiments: [{ name: '', query: 'seeds=30', fingerprint: '0123456789abcdef', seeds: 30 }],
}
const drawingOf = (fingerprint: string): Answer['drawing'] => ({
  chart: figure.chart,
  results: [{ fingerprint, engine: { version: 'fused-1' } } as ExperimentResult],
  view: figure.view,
  varied: [],
  references: [],
})

/** The browser's training of a figure: what it was told, and how it goes on. */
interface Training {
  signal: AbortSignal
  draw: (trained: TrainedAnswer) => unknown
  end: () => void
}

function explored() {
  const started: Training[] = []
  train.mockImplementation(
    (_, { signal, onDrawing }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error))
        started.push({ signal, draw: onDrawing, end: resolve })
      }),
  )
  const hook = renderHook(useResults)
  hook.render({})
  void hook.value().load(figure)
  return {
    ...hook,
    training: async () => {
      await expect.poll(() => started[0]).toBeDefined()
      return started[0]!
    },
  }
}

describe('the answer to a figure', () => {
  let answer: PromiseWithResolvers<Answer>
  beforeEach(() => {
    answer = Promise.withResolvers()
    ask.mockReset().mockImplementation(() => answer.promise)
  })
  afterEach(() => void train.mockReset())

  it('ends the training in the browser once the Worker has it, whose drawing stays', async () => {
    const { training, value, end } = explored()
    const { signal, draw } = await training()
    void draw({ drawing: drawingOf('here'), done: 0 })
    await expect.poll(() => value().answer?.isOver).toBe(false)
    expect(signal.aborted).toBe(false)
    answer.resolve({ drawing: drawingOf('edge'), isComputedNow: false })
    await expect.poll(() => value().answer?.isOver).toBe(true)
    expect(signal.aborted).toBe(true)
    expect(value().answer?.drawing.results[0].fingerprint).toBe('edge')
    expect(value().status).toEqual({ name: 'live' })
    end()
  })

  it('keeps what the browser has trained to the end, and lets it end by itself', async () => {
    const { training, value, end } = explored()
    const running = await training()
    void running.draw({ drawing: drawingOf('here'), done: 0 })
    void running.draw({ drawing: drawingOf('here'), done: 1 })
    running.end()
    answer.resolve({ drawing: drawingOf('edge'), isComputedNow: false })
    await expect.poll(() => value().answer?.badge.source).toBe('edge, cached')
    expect(running.signal.aborted).toBe(false)
    expect(value().answer?.drawing.results[0].fingerprint).toBe('here')
    end()
  })
})
