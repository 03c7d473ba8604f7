/**
 * The forward pass of any network: the activations of every layer, and the logits. Units are in lanes, and rows are
 * processed four at a time; values computed for rows beyond the last are never used.
 */
import { forwardInputs } from './forward-inputs'
import { forwardOutput } from './forward-output'
import { activate } from './math'
import { blocksOf, isPlane, Layer, layerOf, State } from './state'
import { F32, lanesBelow, muladd, VEC } from './vector'

/** The activations and logits of `count` rows. */
export function forward(state: State, rows: usize, count: i32): void {
  if (state.hiddenLayers == 0) inputsAsActivity(state, rows, count)
  else if (isPlane(state)) forwardPlane(state, layerOf(state, 0), rows, count)
  else forwardInputs(state, layerOf(state, 0), rows, count)
  forwardFromFirst(state, count)
}

/** The activations behind those of the first hidden layer, and the logits. */
export function forwardFromFirst(state: State, count: i32): void {
  for (let index = 1; index < state.hiddenLayers; index++)
    forwardHidden(state, layerOf(state, index), layerOf(state, index - 1).activity, count)
  forwardOutput(state, lastActivity(state), lastBlocks(state), count)
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
  if (isPlane(state)) {
    const end = state.inputActivity + bytes
    for (let to = state.inputActivity; to < end; to += VEC) {
      v128.store(to, v128.load64_zero(rows))
      rows += state.rowStride
    }
    return
  }
  const rowStride = state.rowStride
  for (let block = 0; block < blocks; block++) {
    // The deltas of a row follow its inputs directly.
    const live = lanesBelow(state.inputs - 4 * block)
    let row = rows + <usize>block * VEC
    const begin = state.inputActivity + <usize>block * state.activityStride
    for (let to = begin; to < begin + bytes; to += VEC) {
      v128.store(to, v128.and(live, v128.load(row)))
      row += rowStride
    }
  }
}

/** A mask of the lanes of a block that are units of the layer; it keeps padding at 0. */
@inline
export function liveUnits(layer: Layer, block: i32): v128 {
  return lanesBelow(layer.units - 4 * block)
}

/** The first hidden layer for rows with two inputs; `forward-inputs.ts` has that for any other number. */
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
