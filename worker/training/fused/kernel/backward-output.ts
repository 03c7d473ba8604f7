/**
 * The backward pass of the output layer and its update: the deltas of the last hidden layer, the weights, and the biases.
 */
import { update } from './backward'
import { lastActivity, lastBlocks } from './forward'
import { derive } from './math'
import { blocksOf, columnsOf, layerOf, State } from './state'
import { F32, muladd, sumLanes, VEC } from './vector'

/** The deltas of the last hidden layer, and then the weights of the output layer: two blocks of units at a time. */
export function backwardOutput(state: State, rows: usize, count: i32, keeps: bool): void {
  if (state.hiddenLayers > 0) deltasFromOutput(state, rows, count)
  const rowsEnd = rows + <usize>count * state.rowStride
  const activity = lastActivity(state)
  const blocks = lastBlocks(state)
  // Behind the gradients of the biases: those of a block, [D][4], and those of the next.
  const gradients = state.biasGradients + <usize>columnsOf(state) * VEC
  const nextGradients = gradients + <usize>columnsOf(state) * VEC
  if (blocks == 1) {
    const all = outputGradientsOfOne(state, activity, rows, rowsEnd, gradients)
    takeOutput(state, 0, gradients, all, keeps)
    return
  }
  for (let block = 0; block < blocks; block += 2) {
    const hasNext = block + 1 < blocks
    const a = activity + <usize>block * state.activityStride
    const b = hasNext ? a + state.activityStride : a
    outputGradients(state, a, b, rows, rowsEnd, gradients)
    takeOutput(state, block, gradients, sumColumns(state, gradients), keeps)
    if (hasNext) takeOutput(state, block + 1, nextGradients, sumColumns(state, nextGradients), keeps)
  }
}

/**
 * The gradients of the weights from the two blocks of units whose activations are at `a` and `b` to every column: three
 * columns at a time. Numbers in names are the columns.
 */
@inline
function outputGradients(state: State, a: usize, b: usize, rows: usize, rowsEnd: usize, to: usize): void {
  const columns = columnsOf(state)
  const rowStride = state.rowStride
  const toNext = <usize>columns * VEC
  const zero = f32x4.splat(0)
  let deltas = rows + state.toDeltas
  let column = 0
  for (; column + 3 <= columns; column += 3) {
    let a0 = zero
    let a1 = zero
    let a2 = zero
    let b0 = zero
    let b1 = zero
    let b2 = zero
    let atA = a
    let atB = b
    for (let row = deltas; row < rowsEnd; row += rowStride) {
      const ofA = v128.load(atA)
      const ofB = v128.load(atB)
      let delta = v128.load32_splat(row)
      a0 = muladd(ofA, delta, a0)
      b0 = muladd(ofB, delta, b0)
      delta = v128.load32_splat(row, F32)
      a1 = muladd(ofA, delta, a1)
      b1 = muladd(ofB, delta, b1)
      delta = v128.load32_splat(row, 2 * F32)
      a2 = muladd(ofA, delta, a2)
      b2 = muladd(ofB, delta, b2)
      atA += VEC
      atB += VEC
    }
    v128.store(to, a0)
    v128.store(to, a1, VEC)
    v128.store(to, a2, 2 * VEC)
    const next = to + toNext
    v128.store(next, b0)
    v128.store(next, b1, VEC)
    v128.store(next, b2, 2 * VEC)
    deltas += 3 * F32
    to += 3 * VEC
  }
  for (; column < columns; column++) {
    let sumA = zero
    let sumB = zero
    let atA = a
    let atB = b
    for (let row = deltas; row < rowsEnd; row += rowStride) {
      const delta = v128.load32_splat(row)
      sumA = muladd(v128.load(atA), delta, sumA)
      sumB = muladd(v128.load(atB), delta, sumB)
      atA += VEC
      atB += VEC
    }
    v128.store(to, sumA)
    v128.store(to + toNext, sumB)
    deltas += F32
    to += VEC
  }
}

/** The same for a single block. Returns the sum of the gradients over the columns. */
@inline
function outputGradientsOfOne(state: State, a: usize, rows: usize, rowsEnd: usize, to: usize): v128 {
  const columns = columnsOf(state)
  const rowStride = state.rowStride
  let all = f32x4.splat(0)
  for (let column = 0; column < columns; column++) {
    let gradient = f32x4.splat(0)
    let at = a
    for (let row = rows + state.toDeltas + <usize>column * F32; row < rowsEnd; row += rowStride) {
      gradient = muladd(v128.load(at), v128.load32_splat(row), gradient)
      at += VEC
    }
    v128.store(to + <usize>column * VEC, gradient)
    all = f32x4.add(all, gradient)
  }
  return all
}

/** The sum of the gradients of a block over the columns. */
@inline
function sumColumns(state: State, gradients: usize): v128 {
  const end = gradients + <usize>columnsOf(state) * VEC
  let all = f32x4.splat(0)
  for (let at = gradients; at < end; at += VEC) all = f32x4.add(all, v128.load(at))
  return all
}

/**
 * Stores the gradients of a block of the output layer, or updates its weights with them.
 *
 * @param all the sum of the gradients over the columns
 */
@inline
function takeOutput(state: State, block: i32, gradients: usize, all: v128, keeps: bool): void {
  // With the gauge of `score.ts`, the gradient with respect to a difference of weights is that of its class minus that
  // of class 0, and the gradients of all classes sum to 0.
  const bytes = <usize>columnsOf(state) * VEC
  if (keeps) {
    // Stores the columns of all classes rather than differences; the gradients sum to 0 over the classes.
    const to = state.columns + <usize>block * state.columnsStride + <usize>(2 * state.classes) * VEC
    v128.store(to, f32x4.neg(all))
    for (let at: usize = 0; at < bytes; at += VEC) v128.store(to + VEC + at, v128.load(gradients + at))
    return
  }
  const momentum = f32x4.splat(state.momentum)
  const u = state.output + <usize>block * state.outputStride
  for (let at: usize = 0; at < bytes; at += VEC)
    update(u + at, bytes, f32x4.add(v128.load(gradients + at), all), momentum)
}

/**
 * The weights of the output layer behind a hidden layer, and the deltas of that layer, for a single row. Every block is read and
 * updated at once.
 */
export function updateOutputByRow(state: State, row: usize): void {
  const momentum = f32x4.splat(state.momentum)
  const zero = f32x4.splat(0)
  const bytes = <usize>columnsOf(state) * VEC
  const blocks = lastBlocks(state)
  let to = layerOf(state, state.hiddenLayers - 1).deltas
  let activity = lastActivity(state)
  let u = state.output
  for (let block = 0; block < blocks; block++) {
    const a = v128.load(activity)
    let delta = zero
    let all = zero
    let at = row + state.toDeltas
    for (let column: usize = 0; column < bytes; column += VEC) {
      const own = v128.load32_splat(at)
      delta = muladd(own, v128.load(u + column), delta)
      all = f32x4.add(all, muladd(a, own, zero))
      at += F32
    }
    v128.store(to, derive(state.activation, a, delta, state.constants))
    at = row + state.toDeltas
    for (let column: usize = 0; column < bytes; column += VEC) {
      update(u + column, bytes, f32x4.add(muladd(a, v128.load32_splat(at), zero), all), momentum)
      at += F32
    }
    to += state.activityStride
    activity += state.activityStride
    u += state.outputStride
  }
}

/**
 * The deltas of the last hidden layer, propagated back through its outgoing weights: four rows at a time. Those computed
 * for rows behind the last one are never used.
 */
export function deltasFromOutput(state: State, rows: usize, count: i32): void {
  const k = state.constants
  const activation = state.activation
  const bytes = <usize>columnsOf(state) * VEC
  const rowStride = state.rowStride
  const rowsEnd = rows + <usize>count * rowStride
  const layer = layerOf(state, state.hiddenLayers - 1)
  let u = state.output
  for (let block = 0; block < layer.blocks; block++) {
    const toDelta = layer.deltas - layer.activity
    let a = layer.activity + <usize>block * state.activityStride
    for (let row = rows + state.toDeltas; row < rowsEnd; row += 4 * rowStride) {
      let delta0 = f32x4.splat(0)
      let delta1 = delta0
      let delta2 = delta0
      let delta3 = delta0
      let at0 = row
      let at1 = at0 + rowStride
      let at2 = at1 + rowStride
      let at3 = at2 + rowStride
      for (let weight = u; weight < u + bytes; weight += VEC) {
        const w = v128.load(weight)
        delta0 = muladd(v128.load32_splat(at0), w, delta0)
        delta1 = muladd(v128.load32_splat(at1), w, delta1)
        delta2 = muladd(v128.load32_splat(at2), w, delta2)
        delta3 = muladd(v128.load32_splat(at3), w, delta3)
        at0 += F32
        at1 += F32
        at2 += F32
        at3 += F32
      }
      v128.store(a + toDelta, derive(activation, v128.load(a), delta0, k))
      v128.store(a + toDelta, derive(activation, v128.load(a, VEC), delta1, k), VEC)
      v128.store(a + toDelta, derive(activation, v128.load(a, 2 * VEC), delta2, k), 2 * VEC)
      v128.store(a + toDelta, derive(activation, v128.load(a, 3 * VEC), delta3, k), 3 * VEC)
      a += 4 * VEC
    }
    u += state.outputStride
  }
}

/** Updates the biases of the output layer, whose gradients were summed when the loss was computed. */
export function updateOutputBiases(state: State): void {
  const columns = columnsOf(state)
  const toVelocity = <usize>columns * F32
  let all: f32 = 0
  for (let column = 0; column < columns; column++)
    all += sumLanes(v128.load(state.biasGradients + <usize>column * VEC))
  for (let column = 0; column < columns; column++) {
    const at = state.outputBiases + <usize>column * F32
    const gradient = sumLanes(v128.load(state.biasGradients + <usize>column * VEC)) + all
    const velocity = load<f32>(at + toVelocity) * state.momentum + gradient
    store<f32>(at + toVelocity, velocity)
    store<f32>(at, load<f32>(at) - velocity)
  }
}

/** Stores the gradients of the output layer's biases. */
export function keepOutputBiases(state: State): void {
  const columns = columnsOf(state)
  const to = state.biasColumns + <usize>(2 * blocksOf(state.classes)) * VEC
  let all: f32 = 0
  for (let column = 0; column < columns; column++) {
    const gradient = sumLanes(v128.load(state.biasGradients + <usize>column * VEC))
    store<f32>(to + <usize>(column + 1) * F32, gradient)
    all += gradient
  }
  store<f32>(to, -all)
}
