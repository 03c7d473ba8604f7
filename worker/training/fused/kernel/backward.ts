/**
 * The backward pass of any network, and the update. Learning rate and batch size are already part of the deltas, so a
 * gradient is added to the velocity as it is: v = momentum·v + g; w = w − v. Alternatively the gradients are stored for
 * an optimizer.
 *
 * The outer loops go over the parameters of a block and the inner ones over the rows, so that gradients never leave the
 * registers and the update follows immediately.
 */
import { takeInputs } from './backward-inputs'
import { backwardOutput, keepOutputBiases, updateOutputBiases, updateOutputByRow } from './backward-output'
import { derive } from './math'
import { isPlane, Layer, layerOf, State } from './state'
import { addHalves, F32, joinHalves, muladd, VEC } from './vector'

/**
 * Computes the gradients of `count` rows whose deltas are known, and updates every parameter.
 *
 * @param keeps whether to store the gradients for `optimizer.ts` instead of moving the parameters
 */
export function backward(state: State, rows: usize, count: i32, keeps: bool): void {
  backwardToFirst(state, rows, count, keeps)
  if (state.hiddenLayers == 0) return
  if (isPlane(state)) takePlane(state, layerOf(state, 0), rows, count, keeps)
  else takeInputs(state, layerOf(state, 0), rows, count, keeps)
}

/** The same for every layer but the first hidden one, whose deltas it computes. */
export function backwardToFirst(state: State, rows: usize, count: i32, keeps: bool): void {
  if (count == 1 && !keeps && state.hiddenLayers > 0) updateOutputByRow(state, rows)
  else backwardOutput(state, rows, count, keeps)
  if (keeps) keepOutputBiases(state)
  else updateOutputBiases(state)
  for (let index = state.hiddenLayers - 1; index > 0; index--) {
    const layer = layerOf(state, index)
    const before = layerOf(state, index - 1)
    backwardHidden(state, layer, before, count)
    takeHidden(state, layer, before, count, keeps)
  }
}

/** Stores a gradient, or updates parameters with it. */
@inline
export function take(state: State, at: usize, toVelocity: usize, gradient: v128, momentum: v128, keeps: bool): void {
  if (keeps) v128.store(at + (state.gradients - state.learned), gradient)
  else update(at, toVelocity, gradient, momentum)
}

/** Updates a vector of parameters with its gradient; the velocity lies `toVelocity` bytes behind the parameters. */
@inline
export function update(at: usize, toVelocity: usize, gradient: v128, momentum: v128): void {
  const velocity = muladd(v128.load(at + toVelocity), momentum, gradient)
  v128.store(at + toVelocity, velocity)
  v128.store(at, f32x4.sub(v128.load(at), velocity))
}

/**
 * The deltas of the previous layer, from those of a hidden layer and its weights. Inlined, because a call would be
 * noticeable in small steps.
 */
@inline
export function backwardHidden(state: State, layer: Layer, before: Layer, count: i32): void {
  const stride = state.activityStride
  for (let block = 0; block < before.blocks; block++) {
    const offset = <usize>block * stride
    const weights = layer.parameters + <usize>block * (4 * VEC)
    for (let row = 0; row < count; row++) {
      const at = <usize>row * VEC
      let sum0 = f32x4.splat(0)
      let sum1 = sum0
      let sum2 = sum0
      let sum3 = sum0
      let w = weights
      let d = layer.deltas + at
      for (let from = 0; from < layer.blocks; from++) {
        const delta = v128.load(d)
        sum0 = muladd(delta, v128.load(w), sum0)
        sum1 = muladd(delta, v128.load(w, VEC), sum1)
        sum2 = muladd(delta, v128.load(w, 2 * VEC), sum2)
        sum3 = muladd(delta, v128.load(w, 3 * VEC), sum3)
        w += layer.stride
        d += stride
      }
      const delta = joinHalves(addHalves(sum0, sum1), addHalves(sum2, sum3))
      const a = v128.load(before.activity + offset + at)
      v128.store(before.deltas + offset + at, derive(state.activation, a, delta, state.constants))
    }
  }
}

/** The parameters of a hidden layer that follows another one: a block of units and four inputs at a time. */
function takeHidden(state: State, layer: Layer, before: Layer, count: i32, keeps: bool): void {
  const momentum = f32x4.splat(state.momentum)
  const toVelocity = <usize>(layer.inputs + 1) * VEC
  for (let block = 0; block < layer.blocks; block++) {
    const deltas = layer.deltas + <usize>block * state.activityStride
    let w = layer.parameters + <usize>block * layer.stride
    for (let from = 0; from < before.blocks; from++) {
      let gradient0 = f32x4.splat(0)
      let gradient1 = gradient0
      let gradient2 = gradient0
      let gradient3 = gradient0
      let a = before.activity + <usize>from * state.activityStride
      const end = deltas + <usize>count * VEC
      for (let d = deltas; d < end; d += VEC) {
        const delta = v128.load(d)
        gradient0 = muladd(v128.load32_splat(a), delta, gradient0)
        gradient1 = muladd(v128.load32_splat(a, F32), delta, gradient1)
        gradient2 = muladd(v128.load32_splat(a, 2 * F32), delta, gradient2)
        gradient3 = muladd(v128.load32_splat(a, 3 * F32), delta, gradient3)
        a += VEC
      }
      take(state, w, toVelocity, gradient0, momentum, keeps)
      take(state, w + VEC, toVelocity, gradient1, momentum, keeps)
      take(state, w + 2 * VEC, toVelocity, gradient2, momentum, keeps)
      take(state, w + 3 * VEC, toVelocity, gradient3, momentum, keeps)
      w += 4 * VEC
    }
    let gradient = f32x4.splat(0)
    for (let row = 0; row < count; row++) gradient = f32x4.add(gradient, v128.load(deltas + <usize>row * VEC))
    take(state, w, toVelocity, gradient, momentum, keeps)
  }
}

/**
 * The parameters of the first hidden layer for rows with two inputs; `backward-inputs.ts` has those for any other number.
 */
function takePlane(state: State, layer: Layer, rows: usize, count: i32, keeps: bool): void {
  const momentum = f32x4.splat(state.momentum)
  const rowsEnd = rows + <usize>count * state.rowStride
  for (let block = 0; block < layer.blocks; block++) {
    const w = layer.parameters + <usize>block * layer.stride
    let gradientX = f32x4.splat(0)
    let gradientY = gradientX
    let gradient = gradientX
    let d = layer.deltas + <usize>block * state.activityStride
    for (let row = rows; row < rowsEnd; row += state.rowStride) {
      const delta = v128.load(d)
      gradientX = muladd(v128.load32_splat(row), delta, gradientX)
      gradientY = muladd(v128.load32_splat(row, F32), delta, gradientY)
      gradient = f32x4.add(gradient, delta)
      d += VEC
    }
    take(state, w, 3 * VEC, gradientX, momentum, keeps)
    take(state, w + VEC, 3 * VEC, gradientY, momentum, keeps)
    take(state, w + 2 * VEC, 3 * VEC, gradient, momentum, keeps)
  }
}
