/**
 * The forward pass of the output layer: the logits of classes 1 to C − 1. Units are in lanes while sums are computed, four
 * rows by two columns at a time.
 */
import { blocksOf, columnsOf, State } from './state'
import { addHalves, F32, joinHalves, muladd, sumLanes, VEC } from './vector'

/** The logits of `count` rows by the activations of `blocks` blocks of units or inputs. */
export function forwardOutput(state: State, activity: usize, blocks: i32, count: i32): void {
  const end = state.output + <usize>blocks * state.outputStride
  if (count == 1 && blocks > 1) {
    forwardOutputOfRow(state, activity, end)
    return
  }
  const columns = columnsOf(state)
  const groups = blocksOf(count)
  let to = state.logits
  for (let group = 0; group < groups; group++) {
    const from = activity + <usize>group * (4 * VEC)
    let column = 0
    for (; column + 2 <= columns; column += 2) {
      logitsOfTwo(state, from, end, column, to)
      to += 2 * VEC
    }
    if (column < columns) {
      logitsOfOne(state, from, end, column, to)
      to += VEC
    }
  }
}

/** The bias of a column in every lane. */
@inline
function biasOf(state: State, column: i32): v128 {
  return v128.load32_splat(state.outputBiases + <usize>column * F32)
}

/** The logits of four rows for two columns, here a and b; the rows have numbers. */
function logitsOfTwo(state: State, activity: usize, end: usize, column: i32, to: usize): void {
  const stride = state.activityStride
  const outputStride = state.outputStride
  let a0 = f32x4.splat(0)
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let b0 = a0
  let b1 = a0
  let b2 = a0
  let b3 = a0
  const first = <usize>column * VEC
  for (let u = state.output + first; u < end; u += outputStride) {
    const a = v128.load(u)
    const b = v128.load(u, VEC)
    let value = v128.load(activity)
    a0 = muladd(value, a, a0)
    b0 = muladd(value, b, b0)
    value = v128.load(activity, VEC)
    a1 = muladd(value, a, a1)
    b1 = muladd(value, b, b1)
    value = v128.load(activity, 2 * VEC)
    a2 = muladd(value, a, a2)
    b2 = muladd(value, b, b2)
    value = v128.load(activity, 3 * VEC)
    a3 = muladd(value, a, a3)
    b3 = muladd(value, b, b3)
    activity += stride
  }
  v128.store(to, f32x4.add(biasOf(state, column), joinHalves(addHalves(a0, a1), addHalves(a2, a3))))
  v128.store(to, f32x4.add(biasOf(state, column + 1), joinHalves(addHalves(b0, b1), addHalves(b2, b3))), VEC)
}

/** The logits of four rows for one column. */
function logitsOfOne(state: State, activity: usize, end: usize, column: i32, to: usize): void {
  const stride = state.activityStride
  const outputStride = state.outputStride
  let sum0 = f32x4.splat(0)
  let sum1 = sum0
  let sum2 = sum0
  let sum3 = sum0
  for (let u = state.output + <usize>column * VEC; u < end; u += outputStride) {
    const weight = v128.load(u)
    sum0 = muladd(v128.load(activity), weight, sum0)
    sum1 = muladd(v128.load(activity, VEC), weight, sum1)
    sum2 = muladd(v128.load(activity, 2 * VEC), weight, sum2)
    sum3 = muladd(v128.load(activity, 3 * VEC), weight, sum3)
    activity += stride
  }
  v128.store(to, f32x4.add(biasOf(state, column), joinHalves(addHalves(sum0, sum1), addHalves(sum2, sum3))))
}

/** The logits of a single row, in the first lane: three columns at a time. */
function forwardOutputOfRow(state: State, activity: usize, end: usize): void {
  const columns = columnsOf(state)
  const stride = state.activityStride
  const outputStride = state.outputStride
  let to = state.logits
  let column = 0
  for (; column + 3 <= columns; column += 3) {
    let a = f32x4.splat(0)
    let b = a
    let c = a
    let from = activity
    for (let u = state.output + <usize>column * VEC; u < end; u += outputStride) {
      const value = v128.load(from)
      a = muladd(value, v128.load(u), a)
      b = muladd(value, v128.load(u, VEC), b)
      c = muladd(value, v128.load(u, 2 * VEC), c)
      from += stride
    }
    store<f32>(to, load<f32>(state.outputBiases + <usize>column * F32) + sumLanes(a))
    store<f32>(to, load<f32>(state.outputBiases + <usize>column * F32, F32) + sumLanes(b), VEC)
    store<f32>(to, load<f32>(state.outputBiases + <usize>column * F32, 2 * F32) + sumLanes(c), 2 * VEC)
    to += 3 * VEC
  }
  for (; column < columns; column++) {
    let sum = f32x4.splat(0)
    let from = activity
    for (let u = state.output + <usize>column * VEC; u < end; u += outputStride) {
      sum = muladd(v128.load(from), v128.load(u), sum)
      from += stride
    }
    store<f32>(to, load<f32>(state.outputBiases + <usize>column * F32) + sumLanes(sum))
    to += VEC
  }
}
