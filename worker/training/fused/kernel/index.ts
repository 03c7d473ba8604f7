/**
 * The kernel: trains a small network by gradient descent with momentum on softmax cross-entropy, and measures it after
 * every epoch. It does one thing, fast and with the same bits everywhere, and is no library for networks.
 *
 * These are all its entry points. `at` is the address of a training's memory; nothing is kept anywhere else, so any
 * number of trainings can take turns. Its host is `../network.ts`.
 */
import { isAveraging, swapAverages } from './average'
import { advance as advanceState } from './epoch'
import { forward } from './forward'
import { isActivation, writeConstants } from './math'
import { measureGradients as measure } from './noise'
import { isOptimizer, MOMENTUM } from './optimizer'
import { gatherRows, resetOrder } from './order'
import { readParameters as read, writeParameters as write } from './parameters'
import { isCurve, isLastBatch } from './schedule'
import { Settings } from './settings'
import { CHANGE, CHUNK, columnsOf, layOut, State } from './state'
import { F32, VEC } from './vector'

/**
 * Sets a training up by the settings that stand at its address, but for its rows, its parameters and its random
 * numbers. Writes at most 1024 bytes. Traps where a code is unknown: nothing may be trained as something else.
 *
 * @returns the bytes of memory that the training needs
 */
export function create(at: usize): usize {
  const state = changetype<State>(at)
  if (!isActivation(state.activation) || !isOptimizer(state.optimizer) || !isAveraging(state.averaging)) unreachable()
  if (!isLastBatch(state.lastBatch) || !isCurve(state.curve)) unreachable()
  memory.fill(at + offsetof<Settings>(), 0, offsetof<State>() - offsetof<Settings>())
  state.keepsGradients = <i32>(state.optimizer != MOMENTUM || state.weightDecay > 0)
  return layOut(state) - at
}

/** Bytes of the settings, for the host to compare with those of its own table. */
export function settingsBytes(): usize {
  return offsetof<Settings>()
}

/** From an epoch on the learning rate is another one: the first is that of epoch 0, and they come in order. */
export function addRate(at: usize, epoch: i32, rate: f32): void {
  const state = changetype<State>(at)
  const to = state.rateValues + <usize>state.rates * CHANGE
  state.rates++
  store<i32>(to, epoch)
  store<f32>(to, rate, F32)
}

/** From an epoch on a batch has as many rows: the first is that of epoch 0, and they come in order. */
export function addBatchRows(at: usize, epoch: i32, rows: i32): void {
  const state = changetype<State>(at)
  const to = state.sizeValues + <usize>state.sizes * CHANGE
  state.sizes++
  store<i32>(to, epoch)
  store<i32>(to, rows, F32)
}

/** Begins the training: its memory is cleared but for its settings. PCG32's state and increment make its orders. */
export function begin(at: usize, random: u64, increment: u64): void {
  const state = changetype<State>(at)
  memory.fill(state.learned, 0, state.logits - state.learned)
  state.epoch = 0
  state.row = 0
  state.diverged = 0
  state.isScored = 0
  state.update = 0
  state.power1 = 1
  state.power2 = 1
  state.random = random
  state.increment = increment
  writeConstants(state.constants)
  resetOrder(state)
}

/** Takes a row of the train (0) or test (1) split. */
export function setRow(at: usize, split: i32, row: i32, x: f32, y: f32, label: i32): void {
  const state = changetype<State>(at)
  const to = (split ? state.test : state.train) + <usize>row * state.rowStride
  store<f32>(to, x)
  store<f32>(to, y, F32)
  const lane = <usize>(row & 7) * F32
  const group = (split ? state.testGroups : state.trainGroups) + <usize>(row >> 3) * (4 * VEC) + lane
  store<f32>(group, x)
  store<f32>(group, y, 2 * VEC)
  store<i32>((split ? state.testLabels : state.trainLabels) + <usize>row * F32, label)
}

/** Takes parameters from an address: see `parameters.ts`. */
export function writeParameters(at: usize, from: usize): void {
  write(changetype<State>(at), from)
}

/** Gives parameters to an address. */
export function readParameters(at: usize, to: usize): void {
  read(changetype<State>(at), to)
}

/** Trains up to `steps` steps further. Returns whether the training is over. */
export function advance(at: usize, steps: i32): bool {
  return advanceState(changetype<State>(at), steps)
}

/** Epochs that are done. */
export function epochs(at: usize): i32 {
  return changetype<State>(at).epoch
}

/** The address of the metrics [6][epochs]. */
export function history(at: usize): usize {
  return changetype<State>(at).history
}

/** Bytes of a snapshot. */
export function snapshotBytes(at: usize): usize {
  return changetype<State>(at).learnedEnd - at
}

/** Writes a snapshot: settings, parameters, velocities, order and where the training stands, but not its history. */
export function takeSnapshot(at: usize, to: usize): void {
  memory.copy(to, at, snapshotBytes(at))
}

/** Goes back to a snapshot of the same training, or of another one at the same address with the same settings. */
export function restoreSnapshot(at: usize, from: usize): void {
  memory.copy(at, from, snapshotBytes(at))
  const state = changetype<State>(at)
  // Deltas and activity are those of another moment; so are the rows in the order of their epoch.
  state.isScored = 0
  gatherRows(state)
}

/** Predicts the class of each of `count` points [count][2], a byte each, by the parameters that are evaluated. */
export function predict(at: usize, from: usize, to: usize, count: i32): void {
  const state = changetype<State>(at)
  swapAverages(state)
  const columns = columnsOf(state)
  // The room behind the batch's last row.
  const rows = state.batch + <usize>state.trainRows * state.rowStride
  for (let point = 0; point < count; point += CHUNK) {
    const chunk = min(CHUNK, count - point)
    for (let row = 0; row < chunk; row++)
      store<u64>(rows + <usize>row * state.rowStride, load<u64>(from + <usize>(point + row) * (2 * F32)))
    forward(state, rows, chunk)
    for (let row = 0; row < chunk; row++) {
      let largest: f32 = 0
      let predicted = 0
      const logits = state.logits + <usize>(row >> 2) * (<usize>columns * VEC) + <usize>(row & 3) * F32
      for (let column = 0; column < columns; column++) {
        const logit = load<f32>(logits + <usize>column * VEC)
        if (logit > largest) {
          largest = logit
          predicted = column + 1
        }
      }
      store<u8>(to + <usize>(point + row), predicted)
    }
  }
  swapAverages(state)
  // The activity of the training rows is gone.
  state.isScored = 0
}

/** The address of the order [trainRows] in which the rows of the epoch of the last step are used; i32. */
export function order(at: usize): usize {
  return changetype<State>(at).order
}

/** Measures the gradients of the training rows: see `noise.ts`. */
export function measureGradients(at: usize, to: usize): void {
  measure(changetype<State>(at), to)
}
