/**
 * Conversion of the parameters between the kernel's memory layout and the plain one: by layer, weights [in][out] and
 * biases [out], float32, without padding and without the gauge of the softmax. Also flushes tiny velocities and checks
 * for divergence.
 */
import { lastBlocks } from './forward'
import { columnsOf, keepsGradients, Layer, layerOf, State } from './state'
import { F32, VEC } from './vector'

/** The address of a unit's weight for input `from`; the biases are addressed as input I. */
@inline
function weightAt(layer: Layer, from: i32, unit: i32): usize {
  return layer.parameters + <usize>(unit >> 2) * layer.stride + <usize>from * VEC + <usize>(unit & 3) * F32
}

/** The number of a layer's inputs, without padding. */
@inline
function inputsOf(state: State, index: i32): i32 {
  return index == 0 ? state.inputs : layerOf(state, index - 1).units
}

/** The address of the weight from an input to the class of a column. */
@inline
function outputAt(state: State, input: i32, column: i32): usize {
  return state.output + <usize>(input >> 2) * state.outputStride + <usize>column * VEC + <usize>(input & 3) * F32
}

/** Sets the parameters and resets the velocities to 0. */
export function writeParameters(state: State, from: usize): void {
  memory.fill(state.learned, 0, state.order - state.learned)
  let at = from
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    const inputs = inputsOf(state, index)
    for (let input = 0; input <= inputs; input++)
      for (let unit = 0; unit < layer.units; unit++) {
        store<f32>(weightAt(layer, input < inputs ? input : layer.inputs, unit), load<f32>(at))
        at += F32
      }
  }
  const inputs = inputsOf(state, state.hiddenLayers)
  for (let input = 0; input <= inputs; input++) {
    if (keepsGradients(state))
      for (let c = 0; c < state.classes; c++) store<f32>(columnAt(state, input, inputs, c), load<f32>(at + <usize>c * F32))
    const first = load<f32>(at)
    let sum = first
    at += F32
    for (let column = 0; column < columnsOf(state); column++) {
      const weight = load<f32>(at)
      const to = input < inputs ? outputAt(state, input, column) : state.outputBiases + <usize>column * F32
      store<f32>(to, weight - first)
      sum += weight
      at += F32
    }
    store<f32>(sumAt(state, input, inputs), sum)
  }
  state.isScored = 0
}

/**
 * The address of an input's weight to a class, among the columns of all classes; the biases are addressed as input
 * `inputs`.
 */
@inline
function columnAt(state: State, input: i32, inputs: i32, c: i32): usize {
  if (input == inputs) return state.biasColumns + <usize>c * F32
  return state.columns + <usize>(input >> 2) * state.columnsStride + <usize>c * VEC + <usize>(input & 3) * F32
}

/** Writes the parameters to an address. */
export function readParameters(state: State, to: usize): void {
  let at = to
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    const inputs = inputsOf(state, index)
    for (let input = 0; input <= inputs; input++)
      for (let unit = 0; unit < layer.units; unit++) {
        store<f32>(at, load<f32>(weightAt(layer, input < inputs ? input : layer.inputs, unit)))
        at += F32
      }
  }
  const inputs = inputsOf(state, state.hiddenLayers)
  for (let input = 0; input <= inputs; input++) {
    let first = load<f32>(sumAt(state, input, inputs))
    for (let column = 0; column < columnsOf(state); column++) first -= load<f32>(differenceAt(state, input, inputs, column))
    first /= <f32>state.classes
    store<f32>(at, first)
    at += F32
    for (let column = 0; column < columnsOf(state); column++) {
      store<f32>(at, first + load<f32>(differenceAt(state, input, inputs, column)))
      at += F32
    }
  }
}

/** The address of an input's weight to a class minus that to class 0; the biases are addressed as input `inputs`. */
@inline
function differenceAt(state: State, input: i32, inputs: i32, column: i32): usize {
  return input < inputs ? outputAt(state, input, column) : state.outputBiases + <usize>column * F32
}

/** The address of the sum of an input's weights to all classes. */
@inline
function sumAt(state: State, input: i32, inputs: i32): usize {
  return state.outputSums + (input < inputs ? <usize>input * F32 : <usize>(lastBlocks(state)) * VEC)
}

/**
 * Sets velocities below 1e-14 to 0, once per epoch. The velocity of a dead unit decays into subnormal numbers and stays
 * there, and some processors take a hundred times as long for those.
 */
export function flushVelocities(state: State): void {
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    flush(layer.parameters, layer.blocks, layer.stride, layer.stride / 2)
  }
  if (keepsGradients(state)) flush(state.columns, lastBlocks(state), state.columnsStride, <usize>state.classes * VEC)
  else flush(state.output, lastBlocks(state), state.outputStride, state.outputStride / 2)
}

/** The velocities of a block follow its parameters and take as many bytes. */
function flush(parameters: usize, blocks: i32, stride: usize, bytes: usize): void {
  const end = parameters + <usize>blocks * stride
  for (let block = parameters; block < end; block += stride)
    for (let at = block + bytes; at < block + 2 * bytes; at += VEC) {
      const velocity = v128.load(at)
      v128.store(at, v128.and(velocity, f32x4.gt(f32x4.abs(velocity), f32x4.splat(1e-14))))
    }
}

/** Whether every parameter is a finite number. */
export function isFinite(state: State): bool {
  // A finite number times 0 is 0, any other is NaN.
  let sum = f32x4.splat(0)
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    sum = f32x4.add(sum, timesZero(layer.parameters, layer.blocks, layer.stride))
  }
  sum = f32x4.add(sum, timesZero(state.output, lastBlocks(state), state.outputStride))
  let biases: f32 = 0
  for (let column = 0; column < columnsOf(state); column++) biases += load<f32>(state.outputBiases + <usize>column * F32) * 0
  return biases == 0 && v128.any_true(v128.not(f32x4.eq(sum, f32x4.splat(0)))) == false
}

function timesZero(parameters: usize, blocks: i32, stride: usize): v128 {
  let sum = f32x4.splat(0)
  const end = parameters + <usize>blocks * stride
  for (let block = parameters; block < end; block += stride)
    for (let at = block; at < block + stride / 2; at += VEC) sum = f32x4.add(sum, f32x4.mul(v128.load(at), f32x4.splat(0)))
  return sum
}
