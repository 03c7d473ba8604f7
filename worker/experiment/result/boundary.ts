/**
 * The schema of a decision boundary: the class that a network predicts at every point of a grid over the plane (see
 * `grid.ts`).
 */
import * as z from 'zod/mini'

const Range = z.tuple([z.number(), z.number()])

/** A grid over the plane with the predicted class of each cell. */
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
})
export type Boundary = z.output<typeof Boundary>
