/**
 * The newest experiment of the playground, from a change of its settings to its result: the browser trains it, and the
 * Worker verifies it once all runs are over. Where the browser cannot train it, the Worker's result takes its place. The
 * pinned experiment goes the same way, but is not verified.
 */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { LiveExperiment } from '../live-experiment.ts'
import type { Trainer } from '../trainer/trainer.ts'
import { liveState, workerState, type LiveState } from './live-state.ts'
import { WorkerCheck, type WorkerCheckStatus } from './worker-check.ts'

interface Listener {
  /** There is more of it, from one of the two. */
  onLive: (live: LiveState, by: 'browser' | 'worker') => void
  /** The browser cannot train: why. Then the Worker is asked. */
  onFailure: (why: string) => void
  /** The Worker verifies it; this is what comes of it. Absent where it is not verified. */
  onStatus?: (status: WorkerCheckStatus) => void
}

export class VerifiedExperiment {
  readonly #listener: Listener
  readonly #browser: LiveExperiment | undefined
  readonly #worker: WorkerCheck
  #spec: ExperimentSpec | undefined
  /** All runs are over in the browser. */
  #isOver = false
  /** The browser failed to train since it last did. */
  #hasFailed = false
  #status: WorkerCheckStatus = { name: 'resting' }

  /** @param trainer undefined where the browser cannot train */
  constructor(trainer: Pick<Trainer, 'train'> | undefined, listener: Listener) {
    this.#listener = listener
    this.#worker = new WorkerCheck((status) => this.#setStatus(status))
    this.#browser =
      trainer &&
      new LiveExperiment(trainer, {
        onUpdate: (update) => {
          this.#hasFailed = false
          this.#isOver = update.status === 'over'
          listener.onLive(liveState(update), 'browser')
          if (this.#isOver && listener.onStatus) this.#worker.ask(update.spec, false)
        },
        onFailure: (why) => {
          this.#hasFailed = true
          // Who hears of it may change the experiment to one that the Worker can train.
          listener.onFailure(why)
          if (this.#spec) this.#worker.ask(this.#spec, true)
        },
      })
  }

  /** What is known of the Worker's result. */
  get status(): WorkerCheckStatus {
    return this.#status
  }

  /** Whether the browser has what trains an experiment: whether it works shows when it is trained. */
  canTry({ engine }: ExperimentSpec): boolean {
    return this.#browser !== undefined && engine === 'fused'
  }

  /** Takes an experiment instead of the one before; none where it is undefined. */
  set(spec: ExperimentSpec | undefined): void {
    this.#worker.cancel()
    this.#status = { name: 'resting' }
    this.#spec = spec
    this.#isOver = false
    // Where its workers are gone, it says so at once.
    if (spec && this.canTry(spec)) this.#browser?.train(spec)
    else {
      this.#browser?.cancel()
      if (spec) this.#worker.ask(spec, true)
    }
  }

  /** Stops the training in the browser; what is there stays. */
  stop(): void {
    this.#browser?.stop()
  }

  /** Goes on with what was stopped. */
  resume(): void {
    this.#browser?.resume()
  }

  /** Asks the Worker again, where that failed. */
  retry(): void {
    if (this.#spec && this.#status.name === 'failed') this.#worker.ask(this.#spec, !this.#isOver)
  }

  #setStatus(status: WorkerCheckStatus): void {
    this.#status = status
    const spec = this.#spec
    const isWorkers = spec && (this.#hasFailed || !this.canTry(spec))
    if (status.name === 'there' && isWorkers) this.#listener.onLive(workerState(spec, status.result), 'worker')
    else this.#listener.onStatus?.(status)
  }
}
