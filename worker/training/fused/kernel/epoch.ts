/** The training loop over epochs: the updates of each epoch, and the evaluation at its end. */
import { averageEpoch, averageUpdate, hasAverage, OF_UPDATES, swapAverages } from './average'
import { backward } from './backward'
import { forward } from './forward'
import { drawOrder, gatherRows, shuffleOrder } from './order'
import { updateFromGradients } from './optimizer'
import { flushVelocities, isFinite } from './parameters'
import { divisorOf, isMoving, setBatchRows, setRate } from './schedule'
import { learnRows, resetScore, scoreRows, settleScore } from './score'
import { backwardShallow, forwardGroups, forwardShallow, isShallow, learnThree, scoreThree, tabulate } from './shallow'
import { trainSingle } from './single'
import { isWide, trainSingleWide } from './single-wide'
import { CHUNK, isFull, keepsGradients, State } from './state'
import { F32 } from './vector'

/**
 * Trains up to `steps` more updates, and evaluates every epoch that they complete.
 *
 * @returns whether the training has ended: all epochs are done, or it diverged
 */
export function advance(state: State, steps: i32): bool {
  while (steps > 0 && state.epoch < state.epochs && !state.diverged) {
    if (state.row == 0) beginEpoch(state)
    else if (state.isBusyBetween) setRate(state, state.epoch)
    if (isSingle(state)) {
      const count = state.isBusyBetween ? 1 : min(steps, state.trainRows - state.row)
      if (isWide(state)) trainSingleWide(state, state.row, count)
      else trainSingle(state, state.row, count)
      state.row += count
      state.update += count
      steps -= count
    } else {
      if (isFull(state)) stepFullBatch(state)
      else step(state)
      state.update++
      steps--
    }
    if (state.isBusyBetween) averageUpdate(state)
    if (state.row >= state.usedRows) endEpoch(state)
  }
  return state.epoch >= state.epochs || state.diverged != 0
}

/** Whether batches have one row, and there is a path of its own for them. */
@inline
function isSingle(state: State): bool {
  return state.batchRows == 1 && state.trainRows > 1 && (isShallow(state) || isWide(state)) && !keepsGradients(state)
}

function beginEpoch(state: State): void {
  setBatchRows(state, state.epoch)
  setRate(state, state.epoch)
  state.isBusyBetween = <i32>(isMoving(state) || state.averaging == OF_UPDATES)
  flushVelocities(state)
  const whole = isFull(state)
  const changes = state.sizes > 1
  // A full batch does not depend on the order. If a smaller batch size is scheduled later, the order must still advance
  // as it always does.
  if (whole && !changes) return
  if (state.replaces) drawOrder(state)
  else if (state.shuffles) shuffleOrder(state)
  if (whole) return
  if (state.shuffles || state.epoch == 0 || changes) gatherRows(state)
  state.isScored = 0
  resetScore(state)
}

/** One mini-batch update. */
function step(state: State): void {
  const count = min(state.batchRows, state.usedRows - state.row)
  state.divisor = divisorOf(state, count)
  const rows = state.batch + <usize>state.row * state.rowStride
  const labels = state.batchLabels + <usize>state.row * F32
  forwardAndLoss(state, rows, labels, count)
  backwardAndUpdate(state, rows, count)
  state.row += count
}

/**
 * The only update of an epoch at full batch. Its rows were already scored with the same parameters when the last epoch
 * was evaluated, so that score is the running one and those deltas are used for the update.
 */
function stepFullBatch(state: State): void {
  if (!state.isScored) scoreTrainRows(state)
  state.runningLoss = state.loss
  state.runningHits = state.hits
  backwardAndUpdate(state, state.train, state.trainRows)
  state.row = state.trainRows
}

function scoreTrainRows(state: State): void {
  resetScore(state)
  state.divisor = state.trainRows
  forwardAndLoss(state, state.train, state.trainLabels, state.trainRows)
  settleScore(state)
  state.isScored = 1
}

/** The forward pass of a batch, with its score and deltas. */
function forwardAndLoss(state: State, rows: usize, labels: usize, count: i32): void {
  if (isShallow(state)) {
    forwardShallow(state, rows, count)
    learnThree(state, rows, labels, count)
  } else {
    forward(state, rows, count)
    learnRows(state, rows, labels, count)
  }
}

/** The backward pass of a batch, and the update. */
function backwardAndUpdate(state: State, rows: usize, count: i32): void {
  if (keepsGradients(state)) updateFromGradients(state, rows, count)
  else if (isShallow(state)) backwardShallow(state, rows, count)
  else backward(state, rows, count, false)
}

/** Evaluates the epoch. If anything is not finite, the training has diverged and the epoch does not count. */
function endEpoch(state: State): void {
  if (!isFull(state)) {
    settleScore(state)
    state.runningLoss = state.loss
    state.runningHits = state.hits
  }
  const usedRows = <f64>state.usedRows
  const runningLoss = <f32>(state.runningLoss / usedRows)
  const runningAccuracy = <f32>(<f64>state.runningHits / usedRows)

  averageEpoch(state, state.epoch)
  state.epoch++
  swapAverages(state)
  if (isShallow(state)) tabulate(state)
  evaluate(state, state.test, state.testGroups, state.testLabels, state.testRows)
  const testLoss = <f32>(state.loss / <f64>state.testRows)
  const testAccuracy = <f32>(<f64>state.hits / <f64>state.testRows)

  // The evaluated parameters are those that the next update starts from, unless an average is evaluated.
  const isShared = isFull(state) && !hasAverage(state)
  if (isShared) {
    setRate(state, state.epoch)
    scoreTrainRows(state)
  } else evaluate(state, state.train, state.trainGroups, state.trainLabels, state.trainRows)
  const trainRows = <f64>state.trainRows
  const trainLoss = <f32>(state.loss / trainRows)
  const trainAccuracy = <f32>(<f64>state.hits / trainRows)

  swapAverages(state)
  if (!isShared) state.isScored = 0
  state.row = 0
  // A finite number minus itself is 0, any other is NaN.
  const sum = runningLoss + trainLoss + testLoss
  if (sum - sum != 0 || !isFinite(state)) {
    state.epoch--
    state.diverged = 1
    return
  }
  const stride = <usize>state.epochs * F32
  let at = state.history + <usize>(state.epoch - 1) * F32
  store<f32>(at, runningLoss)
  store<f32>((at += stride), runningAccuracy)
  store<f32>((at += stride), trainLoss)
  store<f32>((at += stride), trainAccuracy)
  store<f32>((at += stride), testLoss)
  store<f32>((at += stride), testAccuracy)
}

/** Scores a split with the current parameters. */
function evaluate(state: State, rows: usize, groups: usize, labels: usize, count: i32): void {
  resetScore(state)
  if (isShallow(state)) {
    forwardGroups(state, groups, count)
    scoreThree(state, labels, count)
  } else {
    for (let row = 0; row < count; row += CHUNK) {
      const chunk = min(CHUNK, count - row)
      forward(state, rows + <usize>row * state.rowStride, chunk)
      scoreRows(state, labels + <usize>row * F32, chunk)
    }
  }
  settleScore(state)
}
