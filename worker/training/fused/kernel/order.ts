/**
 * The order of the rows in an epoch, identical to that of `training/shuffle.ts`, and the gathering of the rows in that
 * order.
 */
import { isPlane, State } from './state'
import { F32, VEC } from './vector'

/** PCG32's multiplier. */
const MULTIPLIER: u64 = 6364136223846793005

/** Resets the order to that before the first epoch. */
export function resetOrder(state: State): void {
  for (let row = 0; row < state.trainRows; row++) store<i32>(state.order + <usize>row * F32, row)
}

/** Shuffles the order of the last epoch further: Fisher–Yates from the end, with the index ⌊random·count / 2³²⌋. */
export function shuffleOrder(state: State): void {
  const order = state.order
  const increment = state.increment
  let random = state.random
  for (let i = state.trainRows - 1; i > 0; i--) {
    const bits = rotr<u32>(<u32>(((random >> 18) ^ random) >> 27), <u32>(random >> 59))
    random = random * MULTIPLIER + increment
    const a = order + <usize>i * F32
    const b = order + <usize>((<u64>bits * <u64>(i + 1)) >> 32) * F32
    const kept = load<i32>(a)
    store<i32>(a, load<i32>(b))
    store<i32>(b, kept)
  }
  state.random = random
}

/** Draws the rows of an epoch with replacement: ⌊random·rows / 2³²⌋. */
export function drawOrder(state: State): void {
  const increment = state.increment
  let random = state.random
  for (let i = 0; i < state.trainRows; i++) {
    const bits = rotr<u32>(<u32>(((random >> 18) ^ random) >> 27), <u32>(random >> 59))
    random = random * MULTIPLIER + increment
    store<i32>(state.order + <usize>i * F32, <i32>((<u64>bits * <u64>state.trainRows) >> 32))
  }
  state.random = random
}

/** Copies the training rows, inputs and label, in the order of the epoch. */
export function gatherRows(state: State): void {
  const stride = state.rowStride
  const end = state.order + <usize>state.trainRows * F32
  let row = state.batch
  let label = state.batchLabels
  for (let at = state.order; at < end; at += F32) {
    const from = <usize>load<u32>(at)
    copyInputs(state, row, state.train + from * stride)
    store<i32>(label, load<i32>(state.trainLabels + from * F32))
    row += stride
    label += F32
  }
}

/** Copies the inputs of a row, in whole vectors: what follows them are deltas, which are not known before a forward pass. */
@inline
export function copyInputs(state: State, to: usize, from: usize): void {
  if (isPlane(state)) store<u64>(to, load<u64>(from))
  else for (let at: usize = 0; at < state.toDeltas; at += VEC) v128.store(to + at, v128.load(from + at))
}
