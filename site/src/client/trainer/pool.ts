/**
 * The pool of web workers of a page: starts them, gives them runs of trainings and questions, and passes their replies on.
 */
import type { DataTable } from '#datasets/table-file.ts'
import { fingerprint, type Outcome } from '#experiment/result/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { Deferred } from './deferred.ts'
import { GrowingNumbers, type EarlierProgress, type TrainingProgress } from './progress.ts'
import type { Answers, Manner, QuestionKind, WorkOrder, Question, Reply } from './protocol.ts'
import { RestartingWorker, type StartWorker } from './restarting-worker.ts'
import { firstRunLead, RunDistribution } from './run-distribution.ts'

/** The browser cannot train, or not this: the message says why. */
export class TrainerError extends Error {
  override name = 'TrainerError'
}

/** What comes of a training: the experiment's numbers and their proof. */
interface Trained extends Pick<Outcome, 'numbers' | 'fingerprint'> {
  /** For each run, how many predictions changed from each time to the next, where `stops` was given. */
  changes?: readonly number[][]
}

/** A training under way. */
export interface PoolTraining {
  /**
   * The finished experiment; null when it was stopped, by `stop` or by a newer one.
   *
   * @throws TrainerError when the browser cannot train it
   */
  readonly done: Promise<Trained | null>
  /** Stops it within a slice. */
  readonly stop: () => void
}

interface UnderWay {
  spec: ExperimentSpec
  sharing: RunDistribution
  growing: GrowingNumbers
  manner: Manner
  onUpdate: (progress: TrainingProgress) => void
  settle: Deferred<Trained | null>
}

interface Asked extends Question {
  settle: Deferred<Answers[QuestionKind]>
}

export class Pool {
  readonly #workers: RestartingWorker[]
  /** By number; the newest come last. */
  readonly #trainings = new Map<number, UnderWay>()
  readonly #questions = new Map<number, Asked>()
  readonly #tables = new Map<string, DataTable>()
  #count = 0
  #failure: TrainerError | undefined

  constructor(start: StartWorker, size: number) {
    this.#workers = Array.from(
      { length: size },
      (_, worker) =>
        new RestartingWorker(start, {
          onReply: (reply) => this.#onReply(worker, reply),
          startOver: () => this.#tellAgain(worker),
          giveUp: (why) => this.#fail(why),
          isBusy: () => this.#owes(worker),
        }),
    )
    this.#workers[firstRunLead]!.warm()
  }

  /** The number of workers. */
  get size(): number {
    return this.#workers.length
  }

  /** Hands every worker a table of the visitor's own, by its digest. */
  addTable(data: string, table: DataTable): void {
    if (this.#failure || this.#tables.has(data)) return
    this.#tables.set(data, table)
    for (const worker of this.#workers) worker.send({ do: 'table', data, table })
  }

  /**
   * Trains an experiment beside those under way; the newest goes first, but for those in the background, of which the
   * oldest does. Runs that an earlier training ended are kept.
   */
  train(
    spec: ExperimentSpec,
    onUpdate: (progress: TrainingProgress) => void,
    earlier?: EarlierProgress,
    manner: Manner = {},
  ): PoolTraining {
    const number = ++this.#count
    const growing = new GrowingNumbers(spec, earlier)
    const underWay: UnderWay = {
      spec,
      sharing: new RunDistribution(growing.left, this.#workers.length),
      growing,
      manner,
      onUpdate,
      settle: new Deferred(),
    }
    if (this.#failure) {
      underWay.settle.reject(this.#failure)
    } else if (growing.isOver) {
      this.#finish(underWay)
    } else {
      this.#trainings.set(number, underWay)
      // The workers that have the least to do come first.
      const workers = [...this.#workers.keys()].sort((a, b) => this.#load(a) - this.#load(b))
      for (const worker of workers) this.#share(worker, number, underWay)
    }
    return { done: underWay.settle.promise, stop: () => this.#stop(number) }
  }

  /** Asks about the first run of an experiment. */
  ask<K extends QuestionKind>(question: Question & { kind: K }): Promise<Answers[K]> {
    if (this.#failure) return Promise.reject(this.#failure)
    const number = ++this.#count
    const settle = new Deferred<Answers[QuestionKind]>()
    this.#questions.set(number, { ...question, settle })
    this.#workers[firstRunLead]!.send({ do: 'answer', question: number, ...question })
    return settle.promise as Promise<Answers[K]>
  }

  #share(worker: number, training: number, underWay: UnderWay): void {
    this.#order(worker, training, underWay, underWay.sharing.take(worker, underWay.manner.isBackground))
  }

  #order(worker: number, training: number, { spec, manner }: UnderWay, runs: number[]): void {
    if (runs.length) this.#workers[worker]!.send({ do: 'train', training, spec, runs, manner })
  }

  /** The runs that a worker has and has not ended. */
  #load(worker: number): number {
    return [...this.#trainings.values()].flatMap(({ sharing }) => sharing.assignedTo(worker)).length
  }

  #onReply(worker: number, reply: Reply): void {
    if (reply.is === 'answer') {
      this.#questions.get(reply.question)?.settle.resolve(reply.answer)
      this.#questions.delete(reply.question)
    } else if (reply.is === 'failure') {
      this.#refuse(reply)
    } else if (reply.is === 'part') {
      const underWay = this.#trainings.get(reply.training)
      if (underWay) this.#add(worker, reply, underWay)
    }
  }

  #add(worker: number, part: Extract<Reply, { is: 'part' }>, underWay: UnderWay): void {
    const { sharing, growing, onUpdate } = underWay
    growing.add(part)
    if (part.isOver) {
      sharing.end(worker, part.run)
      this.#share(worker, part.training, underWay)
    }
    if (growing.isOver) {
      this.#trainings.delete(part.training)
      this.#finish(underWay)
    }
    onUpdate(growing)
  }

  #finish({ growing: { numbers, changes }, settle }: UnderWay): void {
    fingerprint(numbers).then((proof) => settle.resolve({ numbers, fingerprint: proof, changes }), settle.reject)
  }

  /** What threw in a worker would throw again. */
  #refuse({ training, question, message }: Extract<Reply, { is: 'failure' }>): void {
    const error = new TrainerError(message)
    if (question !== undefined) {
      this.#questions.get(question)?.settle.reject(error)
      this.#questions.delete(question)
    }
    if (training !== undefined) {
      this.#trainings.get(training)?.settle.reject(error)
      this.#stop(training)
    }
  }

  #stop(training: number): void {
    const underWay = this.#trainings.get(training)
    if (!underWay) return
    this.#trainings.delete(training)
    const order: WorkOrder = { do: 'stop', training }
    this.#workers.forEach((worker, index) => {
      if (underWay.sharing.assignedTo(index).length) worker.send(order)
    })
    underWay.settle.resolve(null)
  }

  #owes(worker: number): boolean {
    if (worker === firstRunLead && this.#questions.size) return true
    return this.#load(worker) > 0
  }

  /** A new worker is told what the old one had not done. */
  #tellAgain(worker: number): void {
    for (const [data, table] of this.#tables) this.#workers[worker]!.send({ do: 'table', data, table })
    for (const [training, underWay] of this.#trainings)
      this.#order(worker, training, underWay, underWay.sharing.assignedTo(worker))
    if (worker !== firstRunLead) return
    for (const [question, { settle: _, ...asked }] of this.#questions)
      this.#workers[firstRunLead]!.send({ do: 'answer', question, ...asked })
  }

  #fail(why: string): void {
    this.#failure = new TrainerError(`this browser’s workers do not train: ${why}`)
    for (const worker of this.#workers) worker.end()
    for (const { settle } of [...this.#trainings.values(), ...this.#questions.values()]) settle.reject(this.#failure)
    this.#trainings.clear()
    this.#questions.clear()
  }
}
