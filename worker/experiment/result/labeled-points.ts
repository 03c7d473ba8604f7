/** The API's schema for the points of a dataset. */
import * as z from 'zod/mini'

const Point = z.tuple([z.number(), z.number()])

/** Labeled points in the plane, in float64. */
export const LabeledPoints = z.strictObject({
  points: z.array(Point).check(z.describe('x and y of each example.')),
  labels: z.array(z.int().check(z.minimum(0))).check(z.describe('The class of each example.')),
  trainExamples: z.int().check(z.minimum(1), z.describe('So many examples, from the first, train; the rest test.')),
  centers: z.optional(z.array(Point).check(z.describe('Where the clusters of blobs were drawn around.'))),
})
export type LabeledPoints = z.output<typeof LabeledPoints>
