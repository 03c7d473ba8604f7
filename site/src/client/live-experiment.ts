/**
 * Trains the newest experiment in the browser while a slider moves. Whoever draws it is told at most once a frame how far it
 * is, and less often where drawing takes long, so that the page stays responsive whatever is trained. The end is told as
 * soon as it is known: waiting for the next frame would show it a frame later.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { type TrainingProgress, type Trainer, type PoolTraining, TrainerError } from './trainer/trainer.ts'

/** Where the newest experiment stands. What is drawn of it, each view derives itself. */
export interface LiveTraining {
  spec: ExperimentSpec
  /** The runs as far as they are trained: while they train, the arrays go on filling. */
  progress: Pick<TrainingProgress, 'numbers' | 'ended' | 'progress'>
  /** `stopped` by the reader, or `over` as all runs are. */
  status: 'training' | 'stopped' | 'over'
  /** Of the numbers, once all runs are over; empty before. */
  fingerprint: string
}

/** The clock and the frames that updates keep to; a page has its own. */
export interface UpdatePace {
  /** Calls back in the next frame. */
  frame: (draw: () => void) => void
  /** Milliseconds. */
  now: () => number
}

interface Listener {
  /** There is something new to draw. */
  onUpdate: (live: LiveTraining) => void
  /** The browser cannot train: why. */
  onFailure: (why: string) => void
}

/** After an update was drawn, this many times as long is left to the rest of the page. */
const idleFactor = 3

const pageOf: UpdatePace = { frame: (draw) => void requestAnimationFrame(draw), now: () => performance.now() }

export class LiveExperiment {
  readonly #trainer: Pick<Trainer, 'train'>
  readonly #listener: Listener
  readonly #pace: UpdatePace
  #training: PoolTraining | undefined
  #spec: ExperimentSpec | undefined
  /** What is still to be drawn. */
  #update: LiveTraining | undefined
  /** How far the training is, or was when it was stopped. */
  #progress: TrainingProgress | undefined
  /** A frame is asked for: to draw what is new, or to let time pass since the last drawing. */
  #isFrameAsked = false
  /** Nothing was drawn since the last frame. */
  #isFree = true
  #idleUntil = 0

  constructor(trainer: Pick<Trainer, 'train'>, listener: Listener, pace = pageOf) {
    this.#trainer = trainer
    this.#listener = listener
    this.#pace = pace
  }

  /** Trains an experiment from now on, instead of the one before. */
  train(spec: ExperimentSpec): void {
    this.#progress = undefined
    this.#train(spec)
  }

  /** Stops; the runs that are over stay. */
  stop(): void {
    const [training, spec, progress] = [this.#training, this.#spec, this.#progress]
    if (!training || !spec) return
    training.stop()
    if (!progress || progress.ended.length === spec.seeds) return
    this.#idleUntil = 0
    this.#report({ spec, progress, status: 'stopped', fingerprint: '' })
  }

  /** Goes on where it was stopped: runs that were over are kept, those under way begin again. */
  resume(): void {
    const [spec, progress] = [this.#spec, this.#progress]
    if (!spec || !progress || progress.ended.length === spec.seeds) return
    this.#train(spec, progress)
    this.#report({ spec, progress, status: 'training', fingerprint: '' })
  }

  /** Stops, and forgets the experiment. */
  cancel(): void {
    this.#training?.stop()
    this.#training = undefined
    this.#spec = undefined
    this.#progress = undefined
    this.#update = undefined
  }

  #train(spec: ExperimentSpec, earlier?: TrainingProgress): void {
    this.#spec = spec
    this.#update = undefined
    // A new experiment is drawn at once, however long the last one took to draw.
    this.#idleUntil = 0
    const training = this.#trainer.train(
      spec,
      (progress) => {
        if (this.#training !== training) return
        this.#progress = progress
        // When all runs are over, their fingerprint follows at once: they are told together.
        if (progress.ended.length < spec.seeds) this.#report({ spec, progress, status: 'training', fingerprint: '' })
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
      const { numbers, fingerprint } = trained
      const ended = Array.from({ length: spec.seeds }, (_, run) => run)
      this.#idleUntil = 0
      this.#report({ spec, progress: { numbers, ended, progress: 1 }, status: 'over', fingerprint })
      if (this.#isFree) this.#draw()
    } catch (error) {
      if (!(error instanceof TrainerError)) throw error
      if (this.#training !== training) return
      // What was still to be drawn would say that the browser can train.
      this.#update = undefined
      this.#listener.onFailure(error.message)
    }
  }

  #report(update: LiveTraining): void {
    this.#update = update
    this.#askFrame()
  }

  #askFrame(): void {
    if (this.#isFrameAsked) return
    this.#isFrameAsked = true
    this.#pace.frame(() => {
      this.#isFrameAsked = false
      this.#isFree = true
      this.#draw()
    })
  }

  #draw(): void {
    const update = this.#update
    if (!update) return
    const start = this.#pace.now()
    if (start < this.#idleUntil) {
      this.#askFrame()
      return
    }
    this.#update = undefined
    this.#isFree = false
    this.#askFrame()
    this.#listener.onUpdate(update)
    const end = this.#pace.now()
    this.#idleUntil = end + idleFactor * (end - start)
  }
}
