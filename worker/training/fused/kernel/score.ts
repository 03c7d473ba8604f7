/**
 * Softmax cross-entropy: the loss and correct predictions of rows by their logits, and the derivatives of the loss with
 * respect to the logits (deltas). Here rows are in lanes, four at a time.
 *
 * The gauge: a softmax does not change if the same number is added to all of its logits. The logit of class 0 is
 * therefore fixed at 0, and the weights to the other classes are stored as differences from its own, so C classes need
 * only D = C − 1 columns. This is exact for gradient descent with momentum: the gradients of all classes sum to 0, and
 * so do their velocities, so the sum of a unit's weights to all classes never changes (`outputSums`).
 *
 * A row's loss is ln Σ e^(z − largest) + (largest − own). Each such sum is between 1 and C, so the product of the sums
 * is kept instead of their logarithms, and one logarithm is taken for 16 of them.
 */
import { exp, log, one } from './math'
import { columnsOf, State } from './state'
import { countLanes, F32, lanesBelow, sumLanes, VEC } from './vector'

/** The number of sums in a product, which is at most 10¹⁶ and far from overflow. */
export const PENDING = 16

/** Resets the score. */
export function resetScore(state: State): void {
  state.hits = 0
  state.loss = 0
  clearPending(state)
}

/** Adds pending values to `hits` and `loss`. */
export function settleScore(state: State): void {
  const at = state.score
  state.loss += <f64>sumLanes(f32x4.add(v128.load(at, VEC), log(v128.load(at))))
  state.hits += countLanes(v128.load(at, 2 * VEC))
  clearPending(state)
}

function clearPending(state: State): void {
  v128.store(state.score, f32x4.splat(1))
  v128.store(state.score, f32x4.splat(0), VEC)
  v128.store(state.score, i32x4.splat(0), 2 * VEC)
  state.pending = 0
}

/**
 * Adds four rows to the score. Lanes without a row must have a sum of 1, a gap of 0 and no hit.
 *
 * @param sum Σ e^(z − largest)
 * @param gap largest − own
 * @param hit −1 if the label's class is the predicted one
 */
@inline
export function addScore(state: State, sum: v128, gap: v128, hit: v128): void {
  const at = state.score
  v128.store(at, f32x4.mul(v128.load(at), sum))
  v128.store(at, f32x4.add(v128.load(at, VEC), gap), VEC)
  v128.store(at, i32x4.sub(v128.load(at, 2 * VEC), hit), 2 * VEC)
  if (++state.pending == PENDING) settleScore(state)
}

/** Scores rows by their logits. */
export function scoreRows(state: State, labels: usize, count: i32): void {
  score(state, 0, labels, count, false)
}

/**
 * Scores rows by their logits, and writes the derivatives of the loss with respect to the logits, times deltaRate /
 * divisor, into each row.
 */
export function learnRows(state: State, rows: usize, labels: usize, count: i32): void {
  score(state, rows, labels, count, true)
}

@inline
function score(state: State, rows: usize, labels: usize, count: i32, learns: bool): void {
  const k = state.constants
  const columns = columnsOf(state)
  const rowStride = state.rowStride
  const rate = f32x4.splat(state.deltaRate / <f32>state.divisor)
  const powers = state.biasGradients + <usize>columns * VEC
  if (learns) memory.fill(state.biasGradients, 0, <usize>columns * VEC)
  let deltas = rows + state.toDeltas
  let logits = state.logits
  for (let row = 0; row < count; row += 4) {
    const live = lanesBelow(count - row)
    const label = v128.load(labels)
    let largest = f32x4.splat(0)
    let predicted = i32x4.splat(0)
    let own = f32x4.splat(0)
    for (let c = 1; c <= columns; c++) {
      const z = v128.load(logits + <usize>(c - 1) * VEC)
      const isLarger = f32x4.gt(z, largest)
      largest = v128.bitselect(z, largest, isLarger)
      predicted = v128.bitselect(i32x4.splat(c), predicted, isLarger)
      own = v128.or(own, v128.and(z, i32x4.eq(label, i32x4.splat(c))))
    }
    let sum = exp(f32x4.neg(largest), k)
    for (let c = 1; c <= columns; c++) {
      const power = exp(f32x4.sub(v128.load(logits + <usize>(c - 1) * VEC), largest), k)
      sum = f32x4.add(sum, power)
      v128.store(powers + <usize>(c - 1) * VEC, power)
    }
    addScore(
      state,
      v128.bitselect(sum, one(k), live),
      v128.and(live, f32x4.sub(largest, own)),
      v128.and(live, i32x4.eq(label, predicted)),
    )
    if (learns) {
      const scale = f32x4.div(rate, sum)
      for (let c = 1; c <= columns; c++) {
        const offset = <usize>(c - 1) * VEC
        const share = f32x4.mul(v128.load(powers + offset), scale)
        const delta = v128.and(live, f32x4.sub(share, v128.and(rate, i32x4.eq(label, i32x4.splat(c)))))
        v128.store(state.biasGradients + offset, f32x4.add(v128.load(state.biasGradients + offset), delta))
        const to = deltas + <usize>(c - 1) * F32
        v128.store32_lane(to, delta, 0)
        v128.store32_lane(to + rowStride, delta, 1)
        v128.store32_lane(to + 2 * rowStride, delta, 2)
        v128.store32_lane(to + 3 * rowStride, delta, 3)
      }
      deltas += 4 * rowStride
    }
    logits += <usize>columns * VEC
    labels += VEC
  }
}
