/**
 * Updates on batches of one row, for networks with a hidden layer and any number of inputs but two. Every update changes
 * every parameter, so the first layer's update by a row and its weighted sums of the next row are computed together.
 */
import { backwardToFirst } from './backward'
import { updateByRow } from './backward-inputs'
import { forwardFromFirst } from './forward'
import { activateRows, sumRow } from './forward-inputs'
import { learnRows } from './score'
import { isPlane, Layer, layerOf, State } from './state'
import { F32, muladd, VEC } from './vector'

/** Whether a training's network has this shape. */
@inline
export function isWide(state: State): bool {
  return state.hiddenLayers > 0 && !isPlane(state)
}

/** Trains on `count` rows of the epoch, one after another, starting with `row`. */
export function trainSingleWide(state: State, row: i32, count: i32): void {
  const layer = layerOf(state, 0)
  state.divisor = 1
  let at = state.batch + <usize>row * state.rowStride
  let label = state.batchLabels + <usize>row * F32
  sumRow(state, layer, at)
  for (let index = 1; index <= count; index++) {
    activateRows(state, layer, 0, VEC)
    forwardFromFirst(state, 1)
    learnRows(state, at, label, 1)
    backwardToFirst(state, at, 1, false)
    const next = at + state.rowStride
    if (index < count) updateAndSum(state, layer, at, next)
    else updateByRow(state, layer, at)
    at = next
    label += F32
  }
}

/**
 * The update by a row, and the weighted sums of the next row with the updated parameters: two blocks of units at a time.
 * The parameters of a wide layer hardly fit into the L1 cache, so they are read once for both.
 */
function updateAndSum(state: State, layer: Layer, row: usize, next: usize): void {
  const pairs = layer.blocks & ~1
  for (let block = 0; block < pairs; block += 2) updateAndSumPair(state, layer, row, next, block)
  if (pairs < layer.blocks) updateAndSumLast(state, layer, row, next, pairs)
}

/** A vector of weights after the update with momentum; stores it and its velocity. */
@inline
function updated(w: usize, v: usize, gradient: v128, momentum: v128): v128 {
  const velocity = muladd(v128.load(v), momentum, gradient)
  v128.store(v, velocity)
  const weight = f32x4.sub(v128.load(w), velocity)
  v128.store(w, weight)
  return weight
}

/** `updateAndSum` for two blocks of units, here a and b. */
function updateAndSumPair(state: State, layer: Layer, row: usize, next: usize, block: i32): void {
  const momentum = f32x4.splat(state.momentum)
  const weights = <usize>layer.inputs * VEC
  const activityStride = state.activityStride
  const deltas = layer.deltas + <usize>block * activityStride
  const deltaA = v128.load(deltas)
  const deltaB = v128.load(deltas + activityStride)
  let wa = layer.parameters + <usize>block * layer.stride
  let wb = wa + layer.stride
  const end = wa + weights
  // Velocities follow the weights and the bias.
  let va = end + VEC
  let vb = va + layer.stride
  let sumA = updated(end, va + weights, deltaA, momentum)
  let sumB = updated(wb + weights, vb + weights, deltaB, momentum)
  while (wa < end) {
    const x = v128.load32_splat(row)
    const y = v128.load32_splat(next)
    sumA = muladd(y, updated(wa, va, f32x4.mul(x, deltaA), momentum), sumA)
    sumB = muladd(y, updated(wb, vb, f32x4.mul(x, deltaB), momentum), sumB)
    row += F32
    next += F32
    wa += VEC
    wb += VEC
    va += VEC
    vb += VEC
  }
  const to = layer.activity + <usize>block * activityStride
  v128.store(to, sumA)
  v128.store(to + activityStride, sumB)
}

/** `updateAndSum` for the last block of units. */
function updateAndSumLast(state: State, layer: Layer, row: usize, next: usize, block: i32): void {
  const momentum = f32x4.splat(state.momentum)
  const weights = <usize>layer.inputs * VEC
  const offset = <usize>block * state.activityStride
  const delta = v128.load(layer.deltas + offset)
  let w = layer.parameters + <usize>block * layer.stride
  const end = w + weights
  let v = end + VEC
  let sum = updated(end, v + weights, delta, momentum)
  while (w < end) {
    const gradient = f32x4.mul(v128.load32_splat(row), delta)
    sum = muladd(v128.load32_splat(next), updated(w, v, gradient, momentum), sum)
    row += F32
    next += F32
    w += VEC
    v += VEC
  }
  v128.store(layer.activity + offset, sum)
}
