/**
 * Predictions of points by their logits: the class with the largest one, and its probability. As in `score.ts`, points
 * are in lanes, four at a time, and the logit of class 0 is 0.
 *
 * A probability is 1 / Σ e^(z − largest). It is stored in a byte, as the nearest whole number of 255ths.
 */
import { swapAverages } from './average'
import { forward } from './forward'
import { exp } from './math'
import { CHUNK, columnsOf, State } from './state'
import { VEC } from './vector'

/**
 * Predicts `count` points [count][F] with the parameters that are evaluated. Writes whole groups of four points.
 *
 * @param classes the address of the predicted classes, one byte each
 * @param confidences the address of their probabilities, one byte each
 */
export function predictPoints(state: State, from: usize, classes: usize, confidences: usize, count: i32): void {
  swapAverages(state)
  // The scratch memory behind the last row of the batch.
  const rows = state.batch + <usize>state.trainRows * state.rowStride
  for (let point = 0; point < count; point += CHUNK) {
    const chunk = min(CHUNK, count - point)
    for (let row = 0; row < chunk; row++)
      memory.copy(rows + <usize>row * state.rowStride, from + <usize>(point + row) * state.toDeltas, state.toDeltas)
    forward(state, rows, chunk)
    predictRows(state, classes + <usize>point, confidences + <usize>point, chunk)
  }
  swapAverages(state)
  // The activations of the training rows have been overwritten.
  state.isScored = 0
}

/** Predicts rows whose logits are known. */
function predictRows(state: State, classes: usize, confidences: usize, count: i32): void {
  const k = state.constants
  const columns = columnsOf(state)
  let logits = state.logits
  for (let row = 0; row < count; row += 4) {
    let largest = f32x4.splat(0)
    let predicted = i32x4.splat(0)
    for (let c = 1; c <= columns; c++) {
      const z = v128.load(logits + <usize>(c - 1) * VEC)
      const isLarger = f32x4.gt(z, largest)
      largest = v128.bitselect(z, largest, isLarger)
      predicted = v128.bitselect(i32x4.splat(c), predicted, isLarger)
    }
    let sum = f32x4.splat(0)
    let z = f32x4.splat(0)
    for (let c = 0; ; c++) {
      sum = f32x4.add(sum, exp(f32x4.sub(z, largest), k))
      if (c == columns) break
      z = v128.load(logits)
      logits += VEC
    }
    const parts = i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.div(f32x4.splat(255), sum)))
    const pairs = i16x8.narrow_i32x4_u(predicted, parts)
    const bytes = i8x16.narrow_i16x8_u(pairs, pairs)
    v128.store32_lane(classes + <usize>row, bytes, 0)
    v128.store32_lane(confidences + <usize>row, bytes, 1)
  }
}
