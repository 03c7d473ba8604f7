/** The API's schema for the examples of a dataset. */
import * as z from 'zod/mini'

/** Features of an example, two or more: in the plane x and y. */
const Point = z.tuple([z.number(), z.number()], z.number())

/** Labeled examples, in float64. */
export const LabeledPoints = z.strictObject({
  points: z.array(Point).check(z.describe('The features of each example: x and y of points in the plane.')),
  labels: z.array(z.int().check(z.minimum(0))).check(z.describe('The class of each example.')),
  trainExamples: z.int().check(z.minimum(1), z.describe('So many examples, from the first, train; the rest test.')),
  centers: z.optional(
    z.array(z.tuple([z.number(), z.number()])).check(z.describe('Where the clusters of blobs were drawn around.')),
  ),
  featureNames: z.array(z.string()).check(z.describe('The name of each feature.')),
  classNames: z.array(z.string()).check(z.describe('The name of each class: a label is an index into them.')),
  mislabeled: z.optional(
    z
      .array(z.int().check(z.minimum(0)))
      .check(z.describe('The training examples whose label was replaced by a wrong one, where labelNoise is above 0.')),
  ),
})
export type LabeledPoints = z.output<typeof LabeledPoints>

/** Labeled examples with the inputs that the network gets of each. */
export const LabeledInputs = z.extend(LabeledPoints, {
  inputNames: z
    .array(z.string())
    .check(z.describe('The name of each input of the network: the features, or those chosen of a point in the plane.')),
  inputs: z
    .array(z.array(z.number()))
    .check(z.describe('The inputs of the network for each example, in float32: scaled and computed as the spec says.')),
})
export type LabeledInputs = z.output<typeof LabeledInputs>
