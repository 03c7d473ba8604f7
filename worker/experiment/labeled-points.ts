/**
 * The points of a dataset, as the API gives them.
 */

/** Labeled points in the plane, in float64. */
export interface LabeledPoints {
  /** x and y of each point. */
  points: [number, number][]
  /** The class of each point. */
  labels: number[]
  /** The first of them train, the rest test. */
  trainExamples: number
  /** Where the clusters of blobs were drawn around [classes]. */
  centers?: [number, number][] | undefined
}
