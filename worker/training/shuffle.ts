/** The order in which the training rows are used in each epoch. */
import { Random } from './random.ts'

/**
 * The orders of one run, epoch by epoch. Each epoch shuffles the order of the previous one further, or draws rows with
 * replacement.
 */
export class RowOrder {
  /** Row indices [rows] in the order of the current epoch. */
  readonly rows: Uint32Array<ArrayBuffer>
  readonly #random: Random

  constructor(rows: number, seed: number) {
    this.rows = Uint32Array.from({ length: rows }, (_, row) => row)
    this.#random = new Random(seed, 'order')
  }

  /** Draws every row from all of them with replacement. */
  draw(): void {
    const { rows } = this
    for (let i = 0; i < rows.length; i++) rows[i] = this.#random.below(rows.length)
  }

  /** Fisher–Yates shuffle from the end. */
  shuffle(): void {
    const { rows } = this
    for (let i = rows.length - 1; i > 0; i--) {
      const j = this.#random.below(i + 1)
      const swapped = rows[i]!
      rows[i] = rows[j]!
      rows[j] = swapped
    }
  }
}
