/**
 * Trains experiments in the visitor's browser: the kernel in a pool of web workers, nothing on the page's own thread.
 *
 *   const trainer = createTrainer()
 *   const training = trainer.train(spec, ({ numbers, epochs }) => drawCurves(numbers, epochs[0]))
 *   const trained = await training.done
 *   if (trained) say(`fingerprint ${trained.fingerprint}`)
 *   drawRegions(await trainer.boundaryAt(spec, { epoch: 120 }))
 *
 * All trainers of a page share its pool. A trainer trains one experiment at a time, the newest it was given: what it
 * trained before stops within a slice of 8 ms. The first run goes first, the others follow as workers are free.
 *
 * Numbers are the same bits as the Worker's, and so is the fingerprint. Where `canTrain()` is false, or a `TrainerError`
 * says that the pool is gone, the Worker alone serves.
 */
import { datasetKey } from '#datasets/dataset-key.ts'
import { chartedPoints } from '#datasets/labeled-points.ts'
import type { DataTable } from '#datasets/table-file.ts'
import type { Boundary } from '#experiment/result/boundary.ts'
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import type { LabeledPoints } from '#experiment/result/labeled-points.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Step } from '#training/fused/step.ts'
import { stepsAt, type Moment } from '#training/moment.ts'

import { Latest } from './latest.ts'
import { Pool, type PoolTraining } from './pool.ts'
import type { EarlierProgress, TrainingProgress } from './progress.ts'
import type { Answers, NetworkParameters } from './protocol.ts'
import { startWebWorker } from './web-worker.ts'

export { canTrain, whatLacks } from './can-train.ts'
export { TrainerError } from './pool.ts'
export type { TrainingProgress, PoolTraining }

/** What trains for one place of a page. */
export interface Trainer {
  /**
   * Trains an experiment from now on, instead of the one before.
   *
   * @param onUpdate is called with every piece of the numbers that arrives: of the first run some 8 ms after the start, and
   *   every 8 ms while it lasts. Draw in an animation frame, not in here.
   * @param earlier where a training of the same experiment stood when it was stopped: its finished runs are kept, and
   *   those that were under way begin again
   * @throws RangeError unless the engine is `fused`
   */
  train: (
    spec: ExperimentSpec,
    onUpdate?: (progress: TrainingProgress) => void,
    earlier?: EarlierProgress,
  ) => PoolTraining
  /**
   * The decision boundary of an experiment's first run at a moment: after its last epoch the same as the API's. It need
   * not be in training. Classes are null where the run had diverged by then. Undefined when a newer call took its place.
   *
   * @throws RangeError for a moment that the run does not have; TrainerError
   */
  boundaryAt: (spec: ExperimentSpec, moment: Moment) => Promise<Boundary | undefined>
  /**
   * The step that follows on a moment of the first run; null after the last, or after it diverged. Undefined and throws
   * as above.
   */
  stepAt: (spec: ExperimentSpec, moment: Moment) => Promise<Step | null | undefined>
  /** The parameters of the first run at a moment, and at its end; null where it had diverged. Undefined and throws as above. */
  networkAt: (spec: ExperimentSpec, moment: Moment) => Promise<NetworkParameters | null | undefined>
  /** The noise of the first run's gradients by epoch, the same as the API's. Undefined and throws as above. */
  noiseOf: (spec: ExperimentSpec) => Promise<GradientNoise | undefined>
  /** What the first run predicts of the test half in its last quarter. Undefined and throws as above. */
  predictionsOf: (spec: ExperimentSpec) => Promise<Answers['predictions'] | undefined>
  /** The points of an experiment, made in a worker; the same object as long as the data are the same. Undefined and throws as above. */
  pointsOf: (spec: ExperimentSpec) => Promise<LabeledPoints | undefined>
}

/** What trains many experiments beside each other, after everything else that the page trains. */
export interface BackgroundTrainer {
  /** How many experiments are to be under way, so that no worker is without one. */
  atOnce: number
  /**
   * Trains an experiment. What comes of it is told once it is over.
   *
   * @param stops after how many updates each time, to the end, the predictions of the test examples are compared
   * @throws RangeError unless the engine is `fused`
   */
  train: (spec: ExperimentSpec, stops?: readonly number[]) => PoolTraining
}

/** Most workers of a page. */
const mostWorkers = 8

let pagePool: Pool | undefined

/** The pool of the page: a worker for every core but the one that draws. */
function poolOfPage(): Pool {
  const size = Math.max(1, Math.min(mostWorkers, navigator.hardwareConcurrency - 1))
  return (pagePool ??= new Pool(startWebWorker, size))
}

/** Makes a table of the visitor's own known, by its digest, to the workers that train for this page. */
export function addTable(data: string, table: DataTable): void {
  poolOfPage().addTable(data, table)
}

/** A trainer for one place of the page. */
export function createTrainer(pool = poolOfPage()): Trainer {
  let current: PoolTraining | undefined
  const latest = {
    boundary: new Latest(),
    step: new Latest(),
    network: new Latest(),
    noise: new Latest(),
    predictions: new Latest(),
    points: new Latest(),
  }
  /** The points that were asked for last: who changes the training keeps the data, and what is drawn of them. */
  let known: { key: string; points: LabeledPoints } | undefined
  return {
    train(spec, onUpdate = () => {}, earlier) {
      requireFused(spec)
      current?.stop()
      return (current = pool.train(spec, onUpdate, earlier))
    },
    async boundaryAt(spec, moment) {
      requireMoment(spec, moment)
      const answer = await latest.boundary.ask(() => pool.ask({ kind: 'boundary', spec, moment }))
      if (!answer) return undefined
      const { classes, confidences } = answer
      return { ...answer, classes: classes && Array.from(classes), confidences: confidences && Array.from(confidences) }
    },
    async stepAt(spec, moment) {
      requireMoment(spec, moment)
      return latest.step.ask(() => pool.ask({ kind: 'step', spec, moment }))
    },
    async networkAt(spec, moment) {
      requireMoment(spec, moment)
      return latest.network.ask(() => pool.ask({ kind: 'network', spec, moment }))
    },
    async noiseOf(spec) {
      requireFused(spec)
      return latest.noise.ask(() => pool.ask({ kind: 'noise', spec, moment: { epoch: 0 } }))
    },
    async predictionsOf(spec) {
      requireFused(spec)
      return latest.predictions.ask(() => pool.ask({ kind: 'predictions', spec, moment: { epoch: 0 } }))
    },
    async pointsOf(spec) {
      const key = datasetKey(spec)
      if (known?.key === key) return known.points
      const dataset = await latest.points.ask(() => pool.ask({ kind: 'points', spec, moment: { epoch: 0 } }))
      if (!dataset) return undefined
      known = { key, points: chartedPoints(dataset) }
      return known.points
    },
  }
}

/** A trainer of many experiments, for one place of the page. */
export function createBackgroundTrainer(pool = poolOfPage()): BackgroundTrainer {
  return {
    // One that it trains, one that comes next, and one that is on its way.
    atOnce: 3 * pool.size,
    train(spec, stops) {
      requireFused(spec)
      return pool.train(spec, () => {}, undefined, {
        isBackground: true,
        ...(stops && { stops }),
      })
    },
  }
}

function requireFused({ engine }: ExperimentSpec): void {
  if (engine !== 'fused') throw new RangeError(`engine: expected fused, got ${engine}`)
}

function requireMoment(spec: ExperimentSpec, moment: Moment): void {
  requireFused(spec)
  stepsAt(spec, moment)
}
