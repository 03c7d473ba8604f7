/**
 * The order in which the training rows are used.
 */
import { Random } from './random.ts'

/** The orders of one run, epoch after epoch: each shuffles the last one's further, or draws anew. */
export class RowOrder {
  /** Row numbers [rows] in the order of the current epoch. */
  readonly rows: Uint32Array<ArrayBuffer>
  readonly #random: Random

  constructor(rows: number, seed: number) {
    this.rows = Uint32Array.from({ length: rows }, (_, row) => row)
    this.#random = new Random(seed, 'order')
  }

  /** Draws each row from all of them: some come again, and some not at all. */
  draw(): void {
    const { rows } = this
    for (let i = 0; i < rows.length; i++) rows[i] = this.#random.below(rows.length)
  }

  /** Fisher–Yates from the end. */
  shuffle(): void {
    const { rows } = this
    for (let i = rows.length - 1; i > 0; i--) {
      const j = this.#random.below(i + 1)
      const kept = rows[i]!
      rows[i] = rows[j]!
      rows[j] = kept
    }
  }
}
