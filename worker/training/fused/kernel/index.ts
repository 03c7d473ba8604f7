/**
 * The exports of the kernel, which trains a small network on softmax cross-entropy and evaluates it after every epoch.
 * It does only this, fast and with the same bits on every host; it is not a general neural network library.
 *
 * In every function, `at` is the address of a training's memory. Nothing is stored anywhere else, so any number of
 * trainings can take turns. The host is `../network.ts`.
 */
import { isAveraging } from './average'
import { advance as advanceState } from './epoch'
import { isActivation, writeConstants } from './math'
import { measureGradients as measure } from './noise'
import { isOptimizer, MOMENTUM } from './optimizer'
import { gatherRows, resetOrder } from './order'
import { readParameters as read, writeParameters as write } from './parameters'
import { predictPoints } from './predict'
import { isCurve, isLastBatch } from './schedule'
import { Settings } from './settings'
import { CHANGE, isPlane, layOut, MOST_INPUTS, State } from './state'
import { F32, VEC } from './vector'

/**
 * Sets up a training with the settings at its address, without its rows, parameters and random numbers. Writes at most
 * 1024 bytes. Traps if a code is unknown, so that no setting silently trains as another.
 *
 * @returns the bytes of memory that the training needs
 */
export function create(at: usize): usize {
  const state = changetype<State>(at)
  if (!isActivation(state.activation) || !isOptimizer(state.optimizer) || !isAveraging(state.averaging)) unreachable()
  if (!isLastBatch(state.lastBatch) || !isCurve(state.curve)) unreachable()
  if (state.inputs < 1 || state.inputs > MOST_INPUTS) unreachable()
  memory.fill(at + offsetof<Settings>(), 0, offsetof<State>() - offsetof<Settings>())
  state.keepsGradients = <i32>(state.optimizer != MOMENTUM || state.weightDecay > 0)
  return layOut(state) - at
}

/** The size of the settings in bytes, which the host compares with that of its own table. */
export function settingsBytes(): usize {
  return offsetof<Settings>()
}

/** Adds a learning rate that holds from an epoch on. The first must be that of epoch 0, and epochs must ascend. */
export function addRate(at: usize, epoch: i32, rate: f32): void {
  const state = changetype<State>(at)
  const to = state.rateValues + <usize>state.rates * CHANGE
  state.rates++
  store<i32>(to, epoch)
  store<f32>(to, rate, F32)
}

/** Adds a batch size that holds from an epoch on. The first must be that of epoch 0, and epochs must ascend. */
export function addBatchRows(at: usize, epoch: i32, rows: i32): void {
  const state = changetype<State>(at)
  const to = state.sizeValues + <usize>state.sizes * CHANGE
  state.sizes++
  store<i32>(to, epoch)
  store<i32>(to, rows, F32)
}

/** Starts the training: clears its memory except for the settings. PCG32's state and increment determine its orders. */
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

/**
 * Writes `count` rows of the train (0) or test (1) split.
 *
 * @param row the first of them
 * @param inputs the address of their inputs [count][F]
 * @param labels the address of their labels [count], one byte each
 */
export function setRows(at: usize, split: i32, row: i32, count: i32, inputs: usize, labels: usize): void {
  const state = changetype<State>(at)
  const bytes = state.toDeltas
  for (let index = 0; index < count; index++) {
    const from = inputs + <usize>index * bytes
    memory.copy((split ? state.test : state.train) + <usize>(row + index) * state.rowStride, from, bytes)
    if (isPlane(state)) setGroup(split ? state.testGroups : state.trainGroups, row + index, from)
    const label = (split ? state.testLabels : state.trainLabels) + <usize>(row + index) * F32
    store<i32>(label, load<u8>(labels + <usize>index))
  }
}

/** Writes the lane of a row in its group of eight. */
function setGroup(groups: usize, row: i32, from: usize): void {
  const to = groups + <usize>(row >> 3) * (4 * VEC) + <usize>(row & 7) * F32
  store<f32>(to, load<f32>(from))
  store<f32>(to, load<f32>(from, F32), 2 * VEC)
}

/** Reads parameters from an address; see `parameters.ts` for their layout. */
export function writeParameters(at: usize, from: usize): void {
  write(changetype<State>(at), from)
}

/** Writes the parameters to an address. */
export function readParameters(at: usize, to: usize): void {
  read(changetype<State>(at), to)
}

/** Trains up to `steps` more updates. Returns whether the training has ended. */
export function advance(at: usize, steps: i32): bool {
  return advanceState(changetype<State>(at), steps)
}

/** The number of completed epochs. */
export function epochs(at: usize): i32 {
  return changetype<State>(at).epoch
}

/** The address of the metrics [6][epochs]. */
export function history(at: usize): usize {
  return changetype<State>(at).history
}

/** The size of a snapshot in bytes. */
export function snapshotBytes(at: usize): usize {
  return changetype<State>(at).learnedEnd - at
}

/** Writes a snapshot: settings, parameters, velocities, order and progress, but not the history. */
export function takeSnapshot(at: usize, to: usize): void {
  memory.copy(to, at, snapshotBytes(at))
}

/** Restores a snapshot of the same training, or of another one at the same address with the same settings. */
export function restoreSnapshot(at: usize, from: usize): void {
  memory.copy(at, from, snapshotBytes(at))
  const state = changetype<State>(at)
  // Deltas and activations belong to another moment, and so do the gathered rows of the epoch.
  state.isScored = 0
  gatherRows(state)
}

/**
 * Predicts the class of each of `count` points [count][F] with the parameters that are evaluated, and its probability in
 * 255ths, one byte each; see `predict.ts`. Writes up to three bytes more to both.
 */
export function predict(at: usize, from: usize, classes: usize, confidences: usize, count: i32): void {
  predictPoints(changetype<State>(at), from, classes, confidences, count)
}

/** The address of the row indices [trainRows], i32, in the order of the last update's epoch. */
export function order(at: usize): usize {
  return changetype<State>(at).order
}

/** Measures the gradients of the training rows; see `noise.ts`. */
export function measureGradients(at: usize, to: usize): void {
  measure(changetype<State>(at), to)
}
