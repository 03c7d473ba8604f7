/**
 * The results that a figure draws once it is explored: trained in the browser and verified by the Worker, or fetched from
 * the Worker where the browser cannot train.
 */
import { useRef, useState } from 'preact/hooks'

import type { Drawing } from '#charts/drawing.tsx'

import { afterPaint } from '../after-paint.ts'
import { Failure } from '../request.ts'
import { askWorker } from './ask-worker.ts'
import { workerBadge, browserBadge, type Badge } from './badge.ts'
import type { FigureProps } from './figure-props.ts'
import type { FigureStatus } from './FigureBody.tsx'
import { MissingTrainer, loadTrainer } from './prewarm.ts'
import type { TrainedAnswer } from './train-in-browser.ts'

/** What is drawn. */
interface Answer {
  drawing: Drawing
  badge: Badge
  /** All runs are in it. */
  isOver: boolean
}

/** The answer to a figure's question, and how it comes. */
export function useResults() {
  const [status, setStatus] = useState<FigureStatus>({ name: 'still' })
  const [answer, setAnswer] = useState<Answer>()
  const loadingRef = useRef<AbortController | undefined>(undefined)

  /** Gets that of a figure, unless it is there or on its way; anew where it should be fresh. */
  const load = async (of: FigureProps, isFresh = false) => {
    if (loadingRef.current && !isFresh) return
    loadingRef.current?.abort()
    const loading = new AbortController()
    loadingRef.current = loading
    const isOld = () => loadingRef.current !== loading
    setStatus({ name: 'waiting', done: 0, words: 'training' })
    try {
      const isHere = !isFresh && (await train(of, loading.signal))
      if (!isHere && !isOld()) await fetchAnswer(of, isFresh, loading)
    } catch (error) {
      // Another load has taken its place.
      if (isOld()) return
      if (error instanceof MissingTrainer)
        setStatus({ name: 'failed', words: 'The figure stays as it was built.', isFinal: true })
      else setStatus({ name: 'failed', words: error instanceof Failure ? error.message : 'The answer cannot be read.' })
    }
  }

  /**
   * Trains in the browser, and asks the Worker, too, once there is a picture. The first to have all runs gives the drawing;
   * when the Worker has answered, the badge says so. False where the browser cannot train.
   */
  const train = async (of: FigureProps, signal: AbortSignal): Promise<boolean> => {
    const { canTrainInBrowser, trainInBrowser, TrainerError } = await loadTrainer()
    if (!canTrainInBrowser(of)) return false
    const [training, asking] = [new AbortController(), new AbortController()]
    signal.addEventListener('abort', () => [training, asking].forEach((one) => one.abort()), { once: true })
    let here: Drawing | undefined
    let isOver = false

    const verify = async () => {
      await afterPaint()
      const worker = await askWorker(of, { isFresh: false, loading: asking, onProgress: () => {} })
      if (signal.aborted) return
      if (!isOver) training.abort()
      const [drawn, own] = here && isOver ? [here, here.results] : [worker.drawing]
      setAnswer({ drawing: drawn, badge: workerBadge(of, worker, own), isOver: true })
    }
    const onDrawing = ({ drawing: next, done }: TrainedAnswer) => {
      const isFirst = here === undefined
      // Where the Worker does not answer, what is trained here stands.
      if (isFirst) verify().catch(() => {})
      here = next
      isOver = done === next.results.length
      setAnswer({ drawing: next, badge: browserBadge(of, next.results, done), isOver })
      setStatus({ name: 'live' })
      // The picture first: what else is trained may wait for a frame.
      return isFirst ? afterPaint() : undefined
    }
    try {
      await trainInBrowser(of, { signal: training.signal, onDrawing })
    } catch (error) {
      // What stopped it is no failure; where the browser fails, the Worker answers.
      if (!training.signal.aborted && error instanceof TrainerError) return false
      if (!training.signal.aborted) throw error
    }
    return true
  }

  const fetchAnswer = async (of: FigureProps, isFresh: boolean, loading: AbortController) => {
    const onProgress = (done: number, words: string) => setStatus({ name: 'waiting', done, words })
    onProgress(0, 'asking the edge')
    const next = await askWorker(of, { isFresh, loading, onProgress })
    setAnswer({ drawing: next.drawing, badge: workerBadge(of, next), isOver: true })
    setStatus({ name: 'live' })
  }

  /** Cancels what is on its way, as other experiments are wanted. What is drawn stays until they are there. */
  const cancel = () => {
    loadingRef.current?.abort()
    loadingRef.current = undefined
  }

  /** Back to what was built. */
  const forget = () => {
    setAnswer(undefined)
    setStatus({ name: 'still' })
  }

  const fail = (words: string) => setStatus({ name: 'failed', words })

  return { status, answer, load, cancel, forget, fail }
}
