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
import type { Boundary } from '#experiment/boundary.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { Numbers, Outcome } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

/** A moment of a run: after so many epochs, and so many steps of the next one. */
export interface Moment {
  epoch: number
  step?: number
}

/** How far a training is. The arrays are the same ones in every update, and go on filling. */
export interface Standing {
  /** All runs' metrics, as far as they are known; the rest is NaN. */
  numbers: Numbers
  /** Epochs of each run that are in the numbers [R]. */
  epochs: Uint16Array<ArrayBuffer>
  /** The runs that are over, in the order in which they ended. One that has fewer epochs than the spec has diverged. */
  ended: number[]
  /** The share of the work that is done, from 0 to 1. */
  progress: number
}

/** A training under way. */
export interface Training {
  /**
   * The finished experiment; null when it was stopped, by `stop` or by a newer one.
   *
   * @throws TrainerError when the browser cannot train it
   */
  done: Promise<Pick<Outcome, 'numbers' | 'fingerprint'> | null>
  /** Stops it within a slice. */
  stop: () => void
}

/** One step, in slow motion. B = examples of the batch, of which the first n ≤ B have their gradients; W = parameters. */
export interface Step {
  /** The rows of the dataset that make up the batch [B], in the order of use. */
  rows: Uint32Array<ArrayBuffer>
  /** All parameters before and after it [W]: layer by layer, weights [in][out] and biases [out]. */
  before: Float32Array<ArrayBuffer>
  after: Float32Array<ArrayBuffer>
  /** The gradient of each example [n][W], of the batch, their mean [W], and of all training rows [W]. */
  exampleGradients: Float32Array<ArrayBuffer>
  batchGradient: Float32Array<ArrayBuffer>
  fullGradient: Float32Array<ArrayBuffer>
  /**
   * The same in the plane of a picture: x is along the full gradient, which is at [1, 0], y along the direction in
   * which the examples' gradients differ most beside it.
   */
  plane: {
    examples: [x: number, y: number][]
    batch: [x: number, y: number]
    /** What the step changed, against the direction of the gradients: with momentum 0 it lies on the batch's. */
    change: [x: number, y: number]
  }
}

/** What trains for one place of a page. */
export interface Trainer {
  /**
   * Trains an experiment from now on, instead of the one before.
   *
   * @param spec one with the fused engine
   * @param onUpdate hears of every piece of the numbers that arrives: of the first run some 8 ms after the start, and
   *   every 8 ms while it lasts. Draw in an animation frame, not in here.
   */
  train: (spec: ExperimentSpec, onUpdate?: (standing: Standing) => void) => Training
  /**
   * The decision boundary of an experiment's first run at a moment: after its last epoch the same as the API's. It need
   * not be in training. Classes are null where the run had diverged by then. Undefined when a newer call took its place.
   */
  boundaryAt: (spec: ExperimentSpec, moment: Moment) => Promise<Boundary | undefined>
  /** The step that follows on a moment of the first run; null behind its end, undefined as above. */
  stepAt: (spec: ExperimentSpec, moment: Moment) => Promise<Step | null | undefined>
  /** The points of an experiment. */
  points: (spec: ExperimentSpec) => Promise<LabeledPoints>
  /** Stops what it trains, for good. */
  dispose: () => void
}
