/**
 * What charts read of a churn measurement: the classes that a first run predicts for the test examples, and which of them
 * change from one epoch to the next over the last quarter of the epochs (Milani Fard et al. 2016, Launch and Iterate:
 * Reducing Prediction Churn).
 *
 * Dimension letters: T = test examples, E = epochs of the window.
 */

/** A test example that often changes its class. */
export interface RestlessExample {
  /** Its index among the test examples. */
  example: number
  /** Its predicted class after the epoch before the window and after every epoch of it, [E + 1]. */
  classes: number[]
}

/** The predictions of a run for the test examples. */
export interface TestPredictions {
  /** The first and the last epoch of the window, counted from 1. */
  epochs: [first: number, last: number]
  /** By epoch of the window, [E]; empty if there are too few epochs. The share of test examples with another predicted class than the epoch before. */
  share: number[]
  /** The true class of each test example, [T]. */
  labels: number[]
  /** The predicted class of each test example after the last epoch, [T]; null after divergence. */
  predicted: number[] | null
  /** How often each test example changed its class in the window, [T]. */
  changes: number[]
  /** The examples that changed most often, those with the most changes first. */
  restless: RestlessExample[]
}
