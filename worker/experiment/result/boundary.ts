/**
 * The schema of a decision boundary: the class that a network predicts at every point of a grid over the plane (see
 * `grid.ts`), and with which probability.
 */
import * as z from 'zod/mini'

import { certainty } from './grid.ts'

const Range = z.tuple([z.number(), z.number()])

/** A grid over the plane with the prediction for each cell. */
export const Boundary = z.strictObject({
  classes: z
    .nullable(z.array(z.int().check(z.minimum(0))))
    .check(
      z.describe('The predicted class of each cell, row by row from the lowest y up; null when the training diverged.'),
    ),
  columns: z.int(),
  rows: z.int(),
  extent: z
    .strictObject({ x: Range, y: Range })
    .check(z.describe('Where the grid lies: the outer edges of its cells.')),
  confidences: z
    .nullable(z.array(z.int().check(z.minimum(0), z.maximum(certainty))))
    .check(
      z.describe(
        'The probability of the predicted class of each cell (softmax), in the same order: in 255ths, rounded to a whole number, so divide by 255; null when the training diverged.',
      ),
    ),
})
export type Boundary = z.output<typeof Boundary>
