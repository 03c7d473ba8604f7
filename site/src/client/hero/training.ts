/**
 * What trains the first screen: one run while the hand moves, and all seeds when it rests. Told at most once a frame.
 */
import { column, metrics } from '#experiment/result/numbers.ts'
import type { Run, Summary } from '#experiment/result/result.ts'
import { describeRun } from '#experiment/result/run.ts'
import { summarize } from '#experiment/result/summary.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { TrainerError, type TrainingProgress, type Trainer } from '../trainer/trainer.ts'

/** An experiment as far as it is trained. */
export interface HeroProgress {
  spec: ExperimentSpec
  /** The first run's accuracies by epoch, as far as they are known; the rest is NaN. */
  train: Float32Array
  test: Float32Array
  /** The first run, once it is over. */
  first: Run | undefined
  /** Of the runs that are over, once there is one: their number, and what they say together. */
  summary: Summary | undefined
  isOver: boolean
}

interface Listener {
  onNews: (news: HeroProgress) => void
  /** The browser cannot train. */
  onFailure: (why: string) => void
}

/** Trains the newest experiment it was given. */
export class HeroTraining {
  readonly #trainer: Pick<Trainer, 'train'>
  readonly #listener: Listener
  readonly #frame: (draw: () => void) => void
  #spec: ExperimentSpec | undefined
  /** The runs of it that are over, each described once. */
  #runs: Run[] = []
  #standing: TrainingProgress | undefined
  #isAsked = false

  constructor(
    trainer: Pick<Trainer, 'train'>,
    listener: Listener,
    frame: (draw: () => void) => void = (draw) => void requestAnimationFrame(draw),
  ) {
    this.#trainer = trainer
    this.#listener = listener
    this.#frame = frame
  }

  train(spec: ExperimentSpec): void {
    this.#spec = spec
    this.#runs = []
    this.#standing = undefined
    const { done } = this.#trainer.train(spec, (standing) => {
      if (this.#spec !== spec) return
      this.#standing = standing
      this.#ask()
    })
    done.catch((error: unknown) => {
      if (!(error instanceof TrainerError)) throw error
      if (this.#spec === spec) this.#listener.onFailure(error.message)
    })
  }

  #ask(): void {
    if (this.#isAsked) return
    this.#isAsked = true
    this.#frame(() => {
      this.#isAsked = false
      this.#tell()
    })
  }

  #tell(): void {
    const spec = this.#spec
    const standing = this.#standing
    if (!spec || !standing) return
    const { numbers, ended } = standing
    for (const run of ended.slice(this.#runs.length)) {
      const size = metrics.length * spec.epochs
      const own = { ...spec, seed: spec.seed + run, seeds: 1 }
      this.#runs.push(describeRun(own, numbers.subarray(run * size, (run + 1) * size), 0))
    }
    this.#listener.onNews({
      spec,
      train: column(numbers, spec, 0, 'trainAccuracy'),
      test: column(numbers, spec, 0, 'testAccuracy'),
      first: this.#runs.find(({ seed }) => seed === spec.seed),
      // In the order of their seeds, as the Worker sums them up.
      summary: this.#runs.length ? summarize([...this.#runs].sort((a, b) => a.seed - b.seed)) : undefined,
      isOver: this.#runs.length === spec.seeds,
    })
  }
}
