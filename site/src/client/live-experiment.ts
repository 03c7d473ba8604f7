/**
 * Trains the newest experiment in the browser while a slider moves. Whoever draws it is told at most once a frame how far it
 * is, and less often where drawing takes long, so that the page stays responsive whatever is trained. The end is told as
 * soon as it is known: waiting for the next frame would show it a frame later.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { PacedUpdates, type UpdatePace } from './paced-updates.ts'
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

interface Listener {
  /** There is something new to draw. */
  onUpdate: (live: LiveTraining) => void
  /** The browser cannot train: why. */
  onFailure: (why: string) => void
}

export class LiveExperiment {
  readonly #trainer: Pick<Trainer, 'train'>
  readonly #listener: Listener
  readonly #updates: PacedUpdates<LiveTraining>
  #training: PoolTraining | undefined
  #spec: ExperimentSpec | undefined
  /** How far the training is, or was when it was stopped. */
  #progress: TrainingProgress | undefined

  constructor(trainer: Pick<Trainer, 'train'>, listener: Listener, pace?: UpdatePace) {
    this.#trainer = trainer
    this.#listener = listener
    this.#updates = new PacedUpdates((live) => listener.onUpdate(live), pace)
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
    this.#updates.restart()
    this.#updates.report({ spec, progress, status: 'stopped', fingerprint: '' })
  }

  /** Goes on where it was stopped: runs that were over are kept, those under way begin again. */
  resume(): void {
    const [spec, progress] = [this.#spec, this.#progress]
    if (!spec || !progress || progress.ended.length === spec.seeds) return
    this.#train(spec, progress)
    this.#updates.report({ spec, progress, status: 'training', fingerprint: '' })
  }

  /** Stops, and forgets the experiment. */
  cancel(): void {
    this.#training?.stop()
    this.#training = undefined
    this.#spec = undefined
    this.#progress = undefined
    this.#updates.restart()
  }

  #train(spec: ExperimentSpec, earlier?: TrainingProgress): void {
    this.#spec = spec
    // A new experiment is drawn at once, however long the last one took to draw.
    this.#updates.restart()
    const training = this.#trainer.train(
      spec,
      (progress) => {
        if (this.#training !== training) return
        this.#progress = progress
        // When all runs are over, their fingerprint follows at once: they are told together.
        if (progress.ended.length < spec.seeds)
          this.#updates.report({ spec, progress, status: 'training', fingerprint: '' })
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
      this.#updates.reportEnd({ spec, progress: { numbers, ended, progress: 1 }, status: 'over', fingerprint })
    } catch (error) {
      if (!(error instanceof TrainerError)) throw error
      if (this.#training !== training) return
      // What was still to be drawn would say that the browser can train.
      this.#updates.restart()
      this.#listener.onFailure(error.message)
    }
  }
}
