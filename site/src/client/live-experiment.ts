/**
 * What trains while the hand moves: always the newest experiment, told to whoever draws at most once a frame, and less
 * often where telling takes long, so that the page answers whatever is trained. An experiment that is over is told as
 * soon as it is known: waiting for the next frame would show it a frame later.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { liveResult, stoppedResult } from './live-result.ts'
import { type TrainingProgress, type Trainer, type PoolTraining, TrainerError } from './trainer/trainer.ts'

/** Where the newest experiment stands. */
export interface LiveState {
  spec: ExperimentSpec
  result: ExperimentResult
  /** The share of the work that is done, from 0 to 1. */
  progress: number
  /** All runs are over. Not so where the reader stopped it. */
  isOver: boolean
  /** The reader stopped it: its result is of the runs that were over by then. */
  isStopped: boolean
}

/** What the laboratory runs on; a page has frames and a clock. */
export interface UpdatePace {
  /** Calls back in the next frame. */
  frame: (draw: () => void) => void
  /** Milliseconds. */
  now: () => number
}

interface Listener {
  onLive: (live: LiveState) => void
  /** The browser cannot train: why. */
  onFailure: (why: string) => void
}

/** After telling, this many times as long is left to others. */
const rests = 3

const pageOf: UpdatePace = { frame: (draw) => void requestAnimationFrame(draw), now: () => performance.now() }

export class LiveExperiment {
  readonly #trainer: Pick<Trainer, 'train'>
  readonly #listener: Listener
  readonly #pace: UpdatePace
  #training: PoolTraining | undefined
  #spec: ExperimentSpec | undefined
  #news: (() => LiveState) | undefined
  /** How far the training is, or was when it was stopped. */
  #standing: TrainingProgress | undefined
  /** A frame is asked for: to tell what is new, or to let time pass since the last telling. */
  #isAsked = false
  /** Nothing was told since the last frame. */
  #isFree = true
  #restsUntil = 0

  constructor(trainer: Pick<Trainer, 'train'>, listener: Listener, pace = pageOf) {
    this.#trainer = trainer
    this.#listener = listener
    this.#pace = pace
  }

  /** Trains an experiment from now on, instead of the one before. */
  train(spec: ExperimentSpec): void {
    this.#standing = undefined
    this.#train(spec)
  }

  /** Stops; what is there stays, and is said to be all. */
  stop(): void {
    const [training, spec, standing] = [this.#training, this.#spec, this.#standing]
    if (!training || !spec) return
    training.stop()
    if (!standing || standing.ended.length === spec.seeds) return
    this.#restsUntil = 0
    this.#tell(() => ({
      spec,
      result: stoppedResult(spec, standing),
      progress: standing.progress,
      isOver: false,
      isStopped: true,
    }))
  }

  /** Goes on where it was stopped: runs that were over are kept, those under way begin again. */
  resume(): void {
    const [spec, standing] = [this.#spec, this.#standing]
    if (!spec || !standing || standing.ended.length === spec.seeds) return
    this.#train(spec, standing)
    this.#tell(() => liveOf(spec, standing))
  }

  /** Stops, and forgets the experiment. */
  cancel(): void {
    this.#training?.stop()
    this.#training = undefined
    this.#spec = undefined
    this.#standing = undefined
    this.#news = undefined
  }

  #train(spec: ExperimentSpec, earlier?: TrainingProgress): void {
    this.#spec = spec
    this.#news = undefined
    // What is new goes first, however long the last one took to tell.
    this.#restsUntil = 0
    const training = this.#trainer.train(
      spec,
      (standing) => {
        if (this.#training !== training) return
        this.#standing = standing
        // When all runs are over, their fingerprint follows at once: they are told together.
        if (standing.ended.length < spec.seeds) this.#tell(() => liveOf(spec, standing))
      },
      earlier,
    )
    this.#training = training
    void this.#end(spec, training)
  }

  async #end(spec: ExperimentSpec, training: PoolTraining): Promise<void> {
    try {
      const trained = await training.done
      if (!trained || this.#training !== training) return
      const ended = Array.from({ length: spec.seeds }, (_, run) => run)
      const { numbers, fingerprint } = trained
      this.#restsUntil = 0
      this.#tell(() => ({
        spec,
        result: liveResult(spec, { numbers, ended }, fingerprint),
        progress: 1,
        isOver: true,
        isStopped: false,
      }))
      if (this.#isFree) this.#draw()
    } catch (error) {
      if (!(error instanceof TrainerError)) throw error
      if (this.#training !== training) return
      // What was still to be told would say that it can.
      this.#news = undefined
      this.#listener.onFailure(error.message)
    }
  }

  #tell(news: () => LiveState): void {
    this.#news = news
    this.#askFrame()
  }

  #askFrame(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    this.#pace.frame(() => {
      this.#isAsked = false
      this.#isFree = true
      this.#draw()
    })
  }

  #draw(): void {
    const news = this.#news
    if (!news) return
    const start = this.#pace.now()
    if (start < this.#restsUntil) {
      this.#askFrame()
      return
    }
    this.#news = undefined
    this.#isFree = false
    this.#askFrame()
    this.#listener.onLive(news())
    const end = this.#pace.now()
    this.#restsUntil = end + rests * (end - start)
  }
}

function liveOf(spec: ExperimentSpec, standing: TrainingProgress): LiveState {
  return { spec, result: liveResult(spec, standing), progress: standing.progress, isOver: false, isStopped: false }
}
