/**
 * What a figure draws once it is explored: trained in the browser where that can, confirmed by the Worker, which answers
 * alone where it cannot.
 */
import { useRef, useState } from 'preact/hooks'

import type { Drawing } from '#charts/drawing.tsx'

import { painted } from '../after-paint.ts'
import { Failure } from '../request.ts'
import { ask } from './ask-worker.ts'
import { edgeBadge, hereBadge, type Badge } from './badge.ts'
import type { GivenFigure } from './figure-props.ts'
import type { Status } from './FigureBody.tsx'
import { MissingTrainer, trains } from './prewarm.ts'
import type { Trained } from './train-in-browser.ts'

/** What is drawn. */
interface Answer {
  drawing: Drawing
  badge: Badge
  /** All runs are in it. */
  isOver: boolean
}

/** The answer to a figure's question, and how it comes. */
export function useAnswer() {
  const [status, setStatus] = useState<Status>({ name: 'still' })
  const [answer, setAnswer] = useState<Answer>()
  const loadingRef = useRef<AbortController | undefined>(undefined)

  /** Gets that of a figure, unless it is there or on its way; anew where it should be fresh. */
  const load = async (of: GivenFigure, isFresh = false) => {
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
   * Trains here, and asks the Worker as well, once there is a picture: whoever is first with all runs gives them, and the
   * Worker's word for it changes the badge. False where the browser cannot train.
   */
  const train = async (of: GivenFigure, signal: AbortSignal): Promise<boolean> => {
    const { canTrainHere, trainHere, TrainerError } = await trains()
    if (!canTrainHere(of)) return false
    const [training, asking] = [new AbortController(), new AbortController()]
    signal.addEventListener('abort', () => [training, asking].forEach((one) => one.abort()), { once: true })
    let here: Drawing | undefined
    let isOver = false

    const hearEdge = async () => {
      await painted()
      const edge = await ask(of, { isFresh: false, loading: asking, onProgress: () => {} })
      if (signal.aborted) return
      if (!isOver) training.abort()
      const [drawn, own] = here && isOver ? [here, here.results] : [edge.drawing]
      setAnswer({ drawing: drawn, badge: edgeBadge(of, edge, own), isOver: true })
    }
    const onDrawing = ({ drawing: next, done }: Trained) => {
      const isFirst = here === undefined
      // Where the Worker does not answer, what is trained here stands.
      if (isFirst) hearEdge().catch(() => {})
      here = next
      isOver = done === next.results.length
      setAnswer({ drawing: next, badge: hereBadge(of, next.results, done), isOver })
      setStatus({ name: 'live' })
      // The picture first: what else is trained may wait for a frame.
      return isFirst ? painted() : undefined
    }
    try {
      await trainHere(of, { signal: training.signal, onDrawing })
    } catch (error) {
      // What stopped it is no failure; where the browser fails, the Worker answers.
      if (!training.signal.aborted && error instanceof TrainerError) return false
      if (!training.signal.aborted) throw error
    }
    return true
  }

  const fetchAnswer = async (of: GivenFigure, isFresh: boolean, loading: AbortController) => {
    const onProgress = (done: number, words: string) => setStatus({ name: 'waiting', done, words })
    onProgress(0, 'asking the edge')
    const next = await ask(of, { isFresh, loading, onProgress })
    setAnswer({ drawing: next.drawing, badge: edgeBadge(of, next), isOver: true })
    setStatus({ name: 'live' })
  }

  /** Gives up what is on its way: another question comes. What is drawn stays until there is an answer. */
  const leave = () => {
    loadingRef.current?.abort()
    loadingRef.current = undefined
  }

  /** Back to what was built. */
  const forget = () => {
    setAnswer(undefined)
    setStatus({ name: 'still' })
  }

  const fail = (words: string) => setStatus({ name: 'failed', words })

  return { status, answer, load, leave, forget, fail }
}
