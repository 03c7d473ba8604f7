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
  if (isPlane(state)) gather(state, sizeof<u64>())
  else gather(state, state.toDeltas)
}

/**
 * Copies rows whose inputs take `bytes`: one number of 64 bits, or whole vectors. Vectors may copy some deltas, too, which
 * are computed anew before they are used.
 */
@inline
function gather(state: State, bytes: usize): void {
  const stride = state.rowStride
  const end = state.order + <usize>state.trainRows * F32
  let row = state.batch
  let label = state.batchLabels
  for (let at = state.order; at < end; at += F32) {
    const index = <usize>load<u32>(at)
    const from = state.train + index * stride
    if (bytes == sizeof<u64>()) store<u64>(row, load<u64>(from))
    else for (let offset: usize = 0; offset < bytes; offset += VEC) v128.store(row + offset, v128.load(from + offset))
    store<i32>(label, load<i32>(state.trainLabels + index * F32))
    row += stride
    label += F32
  }
}
