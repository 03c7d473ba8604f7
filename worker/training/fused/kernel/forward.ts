/**
 * The forward pass of any network: the activations of every layer, and the logits. Units are in lanes, and rows are
 * processed four at a time; values computed for rows beyond the last are never used.
 */
import { forwardInputs } from './inputs'
import { activate } from './math'
import { blocksOf, columnsOf, isPlane, Layer, layerOf, State } from './state'
import { addHalves, F32, joinHalves, lanesBelow, muladd, sumLanes, VEC } from './vector'

/** The activations and logits of `count` rows. */
export function forward(state: State, rows: usize, count: i32): void {
  let activity = state.inputActivity
  let blocks = blocksOf(state.inputs)
  if (state.hiddenLayers == 0) inputsAsActivity(state, rows, count)
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    if (index == 0) {
      if (isPlane(state)) forwardPlane(state, layer, rows, count)
      else forwardInputs(state, layer, rows, count)
    } else forwardHidden(state, layer, activity, count)
    activity = layer.activity
    blocks = layer.blocks
  }
  forwardOutput(state, activity, blocks, count)
}

/**
 * The activations that are the output layer's input, and the number of their blocks: those of the last hidden layer, or
 * the inputs.
 */
@inline
export function lastActivity(state: State): usize {
  return state.hiddenLayers == 0 ? state.inputActivity : layerOf(state, state.hiddenLayers - 1).activity
}
@inline
export function lastBlocks(state: State): i32 {
  return state.hiddenLayers == 0 ? blocksOf(state.inputs) : layerOf(state, state.hiddenLayers - 1).blocks
}

/** Without hidden layers, the inputs form blocks as the units of a layer do. The last one is padded with zeros. */
function inputsAsActivity(state: State, rows: usize, count: i32): void {
  const blocks = blocksOf(state.inputs)
  const bytes = <usize>(blocksOf(count) * 4) * VEC
  for (let block = 0; block < blocks; block++) {
    // The deltas of a row follow its inputs directly.
    const live = lanesBelow(state.inputs - 4 * block)
    let row = rows + <usize>block * VEC
    const begin = state.inputActivity + <usize>block * state.activityStride
    for (let to = begin; to < begin + bytes; to += VEC) {
      v128.store(to, v128.and(live, v128.load(row)))
      row += state.rowStride
    }
  }
}

/** A mask of the lanes of a block that are units of the layer; it keeps padding at 0. */
@inline
export function liveUnits(layer: Layer, block: i32): v128 {
  return lanesBelow(layer.units - 4 * block)
}

/** The first hidden layer for rows with two inputs; `inputs.ts` has that for any other number. */
function forwardPlane(state: State, layer: Layer, rows: usize, count: i32): void {
  const k = state.constants
  const activation = state.activation
  const rowStride = state.rowStride
  const rowsEnd = rows + <usize>(blocksOf(count) * 4) * rowStride
  for (let block = 0; block < layer.blocks; block++) {
    const w = layer.parameters + <usize>block * layer.stride
    const live = liveUnits(layer, block)
    const wx = v128.load(w)
    const wy = v128.load(w, VEC)
    const bias = v128.load(w, 2 * VEC)
    let to = layer.activity + <usize>block * state.activityStride
    for (let row = rows; row < rowsEnd; row += rowStride) {
      const sum = muladd(v128.load32_splat(row, F32), wy, muladd(v128.load32_splat(row), wx, bias))
      v128.store(to, v128.and(live, activate(activation, sum, k)))
      to += VEC
    }
  }
}

/**
 * A later hidden layer, whose inputs are the activations of the previous one: four rows and a block of units at a time.
 */
function forwardHidden(state: State, layer: Layer, before: usize, count: i32): void {
  const k = state.constants
  const activation = state.activation
  const stride = state.activityStride
  const groups = blocksOf(count)
  for (let block = 0; block < layer.blocks; block++) {
    const parameters = layer.parameters + <usize>block * layer.stride
    const weightsEnd = parameters + <usize>layer.inputs * VEC
    const live = liveUnits(layer, block)
    const bias = v128.load(weightsEnd)
    for (let group = 0; group < groups; group++) {
      const offset = <usize>group * (4 * VEC)
      let sum0 = bias
      let sum1 = bias
      let sum2 = bias
      let sum3 = bias
      let a = before + offset
      for (let w = parameters; w < weightsEnd; w += 4 * VEC) {
        // Four inputs are a block of the previous layer.
        let weight = v128.load(w)
        sum0 = muladd(v128.load32_splat(a), weight, sum0)
        sum1 = muladd(v128.load32_splat(a, VEC), weight, sum1)
        sum2 = muladd(v128.load32_splat(a, 2 * VEC), weight, sum2)
        sum3 = muladd(v128.load32_splat(a, 3 * VEC), weight, sum3)
        weight = v128.load(w, VEC)
        sum0 = muladd(v128.load32_splat(a, F32), weight, sum0)
        sum1 = muladd(v128.load32_splat(a, VEC + F32), weight, sum1)
        sum2 = muladd(v128.load32_splat(a, 2 * VEC + F32), weight, sum2)
        sum3 = muladd(v128.load32_splat(a, 3 * VEC + F32), weight, sum3)
        weight = v128.load(w, 2 * VEC)
        sum0 = muladd(v128.load32_splat(a, 2 * F32), weight, sum0)
        sum1 = muladd(v128.load32_splat(a, VEC + 2 * F32), weight, sum1)
        sum2 = muladd(v128.load32_splat(a, 2 * VEC + 2 * F32), weight, sum2)
        sum3 = muladd(v128.load32_splat(a, 3 * VEC + 2 * F32), weight, sum3)
        weight = v128.load(w, 3 * VEC)
        sum0 = muladd(v128.load32_splat(a, 3 * F32), weight, sum0)
        sum1 = muladd(v128.load32_splat(a, VEC + 3 * F32), weight, sum1)
        sum2 = muladd(v128.load32_splat(a, 2 * VEC + 3 * F32), weight, sum2)
        sum3 = muladd(v128.load32_splat(a, 3 * VEC + 3 * F32), weight, sum3)
        a += stride
      }
      const to = layer.activity + <usize>block * stride + offset
      v128.store(to, v128.and(live, activate(activation, sum0, k)))
      v128.store(to, v128.and(live, activate(activation, sum1, k)), VEC)
      v128.store(to, v128.and(live, activate(activation, sum2, k)), 2 * VEC)
      v128.store(to, v128.and(live, activate(activation, sum3, k)), 3 * VEC)
    }
  }
}

/** The logits of classes 1 to C − 1. */
function forwardOutput(state: State, activity: usize, blocks: i32, count: i32): void {
  const end = state.output + <usize>blocks * state.outputStride
  if (count == 1) {
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
