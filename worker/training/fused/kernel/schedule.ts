/**
 * Schedules: the batch size, which can change between epochs, and the learning rate, which can change between updates.
 * `experiment/spec/schedule.ts` computes the same with the same arithmetic, in float64.
 */
import { CHANGE, keepsGradients, State } from './state'
import { F32 } from './vector'

/** Codes of the setting `curve`; 0 is constant. */
const LINEAR = 1
const COSINE = 2
/** Codes of the setting `lastBatch`; 0 trains on the partial batch like on any other. */
const SCALED = 1
const DROPPED = 2

/** Whether a code belongs to a curve that the kernel implements. */
export function isCurve(code: i32): bool {
  return code >= 0 && code <= COSINE
}

/** Whether a code belongs to a treatment of the partial last batch that the kernel implements. */
export function isLastBatch(code: i32): bool {
  return code >= 0 && code <= DROPPED
}

/** The divisor of the sum of a batch's gradients. */
@inline
export function divisorOf(state: State, count: i32): i32 {
  return state.lastBatch == SCALED ? state.batchRows : count
}

/** Whether the learning rate changes with each update. */
@inline
export function isMoving(state: State): bool {
  return state.curve != 0 || state.update < state.warmupUpdates
}

/** Sets the batch size of an epoch. */
export function setBatchRows(state: State, epoch: i32): void {
  state.batchRows = load<i32>(valueFrom(state.sizeValues, state.sizes, epoch))
  state.usedRows = state.lastBatch == DROPPED ? state.trainRows - (state.trainRows % state.batchRows) : state.trainRows
}

/** Sets the learning rate of the next update, which belongs to `epoch`. */
export function setRate(state: State, epoch: i32): void {
  const rate = load<f32>(valueFrom(state.rateValues, state.rates, epoch))
  state.learningRate = isMoving(state) ? rateAt(state, rate) : rate
  state.deltaRate = keepsGradients(state) ? 1 : state.learningRate
}

/** The address of the value that holds in an epoch. */
function valueFrom(values: usize, count: i32, epoch: i32): usize {
  let at = values + <usize>(count - 1) * CHANGE
  while (load<i32>(at) > epoch) at -= CHANGE
  return at + F32
}

function rateAt(state: State, rate: f32): f32 {
  const warmup = state.warmupUpdates
  if (state.update < warmup) return <f32>(<f64>rate * (<f64>(state.update + 1) / <f64>warmup))
  const share = <f64>(state.update - warmup) / <f64>(state.updates - warmup)
  if (state.curve == LINEAR) return <f32>(<f64>rate * (1 - share))
  if (state.curve != COSINE) unreachable()
  return <f32>(<f64>rate * (0.5 * (1 + cosine(share))))
}

/** cos πx for x from 0 to 1, computed as in `methods/cosine.ts`. */
function cosine(x: f64): f64 {
  const isUpper = x > 0.5
  const angle = 3.141592653589793 * (isUpper ? 1 - x : x)
  const square = angle * angle
  let sum: f64 = -1.0 / 87178291200.0
  sum = sum * square + 1.0 / 479001600.0
  sum = sum * square - 1.0 / 3628800.0
  sum = sum * square + 1.0 / 40320.0
  sum = sum * square - 1.0 / 720.0
  sum = sum * square + 1.0 / 24.0
  sum = sum * square - 0.5
  sum = sum * square + 1
  return isUpper ? -sum : sum
}
