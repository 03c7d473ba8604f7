/** Predictions of a network for points: the class of each, and the probability of that class. */
export interface Predictions {
  /** The predicted classes [P]. */
  classes: Uint8Array<ArrayBuffer>
  /** The probabilities of the predicted classes [P] by softmax, in 255ths, rounded to whole numbers. */
  confidences: Uint8Array<ArrayBuffer>
}

/** Memory for the predictions of `count` points. */
export function emptyPredictions(count: number): Predictions {
  return { classes: new Uint8Array(count), confidences: new Uint8Array(count) }
}
