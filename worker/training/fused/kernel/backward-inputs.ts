/**
 * The parameters of the first hidden layer for rows with any number of inputs but two, for which `backward.ts` has a
 * shorter loop. The gradients of four inputs by two blocks of units are computed at a time, over all rows of the batch, so
 * that they stay in registers until the update follows.
 */
import { take, update } from './backward'
import { Layer, State } from './state'
import { F32, muladd, VEC } from './vector'

/** The gradients of the layer's parameters, by `count` rows whose deltas are known, and the update. */
export function takeInputs(state: State, layer: Layer, rows: usize, count: i32, keeps: bool): void {
  if (count == 1 && !keeps) {
    updateByRow(state, layer, rows)
    return
  }
  const pairs = layer.blocks & ~1
  for (let block = 0; block < pairs; block += 2) takePair(state, layer, rows, count, block, keeps)
  if (pairs < layer.blocks) takeLast(state, layer, rows, count, pairs, keeps)
}

/** Two blocks of units: the weights of four inputs at a time, those of the remaining inputs, and the biases. */
function takePair(state: State, layer: Layer, rows: usize, count: i32, block: i32, keeps: bool): void {
  const momentum = f32x4.splat(state.momentum)
  const zero = f32x4.splat(0)
  const toVelocity = <usize>(layer.inputs + 1) * VEC
  const rowStride = state.rowStride
  const stride = layer.stride
  const deltasA = layer.deltas + <usize>block * state.activityStride
  const deltasB = deltasA + state.activityStride
  const deltasEnd = deltasA + <usize>count * VEC
  let w = layer.parameters + <usize>block * stride
  let input = 0
  for (; input + 4 <= layer.inputs; input += 4) {
    let a0 = zero
    let a1 = zero
    let a2 = zero
    let a3 = zero
    let b0 = zero
    let b1 = zero
    let b2 = zero
    let b3 = zero
    let at = rows + <usize>input * F32
    let toB = deltasB
    for (let toA = deltasA; toA < deltasEnd; toA += VEC) {
      const a = v128.load(toA)
      const b = v128.load(toB)
      let x = v128.load32_splat(at)
      a0 = muladd(x, a, a0)
      b0 = muladd(x, b, b0)
      x = v128.load32_splat(at, F32)
      a1 = muladd(x, a, a1)
      b1 = muladd(x, b, b1)
      x = v128.load32_splat(at, 2 * F32)
      a2 = muladd(x, a, a2)
      b2 = muladd(x, b, b2)
      x = v128.load32_splat(at, 3 * F32)
      a3 = muladd(x, a, a3)
      b3 = muladd(x, b, b3)
      at += rowStride
      toB += VEC
    }
    take(state, w, toVelocity, a0, momentum, keeps)
    take(state, w + VEC, toVelocity, a1, momentum, keeps)
    take(state, w + 2 * VEC, toVelocity, a2, momentum, keeps)
    take(state, w + 3 * VEC, toVelocity, a3, momentum, keeps)
    take(state, w + stride, toVelocity, b0, momentum, keeps)
    take(state, w + stride + VEC, toVelocity, b1, momentum, keeps)
    take(state, w + stride + 2 * VEC, toVelocity, b2, momentum, keeps)
    take(state, w + stride + 3 * VEC, toVelocity, b3, momentum, keeps)
    w += 4 * VEC
  }
  for (; input < layer.inputs; input++) {
    let a = zero
    let b = zero
    let at = rows + <usize>input * F32
    let toB = deltasB
    for (let toA = deltasA; toA < deltasEnd; toA += VEC) {
      const x = v128.load32_splat(at)
      a = muladd(x, v128.load(toA), a)
      b = muladd(x, v128.load(toB), b)
      at += rowStride
      toB += VEC
    }
    take(state, w, toVelocity, a, momentum, keeps)
    take(state, w + stride, toVelocity, b, momentum, keeps)
    w += VEC
  }
  let a = zero
  let b = zero
  let toB = deltasB
  for (let toA = deltasA; toA < deltasEnd; toA += VEC) {
    a = f32x4.add(a, v128.load(toA))
    b = f32x4.add(b, v128.load(toB))
    toB += VEC
  }
  take(state, w, toVelocity, a, momentum, keeps)
  take(state, w + stride, toVelocity, b, momentum, keeps)
}

/** The last block of units: the weights of four inputs at a time, those of the remaining inputs, and the biases. */
function takeLast(state: State, layer: Layer, rows: usize, count: i32, block: i32, keeps: bool): void {
  const momentum = f32x4.splat(state.momentum)
  const zero = f32x4.splat(0)
  const toVelocity = <usize>(layer.inputs + 1) * VEC
  const rowStride = state.rowStride
  const deltas = layer.deltas + <usize>block * state.activityStride
  const deltasEnd = deltas + <usize>count * VEC
  let w = layer.parameters + <usize>block * layer.stride
  let input = 0
  for (; input + 4 <= layer.inputs; input += 4) {
    let gradient0 = zero
    let gradient1 = zero
    let gradient2 = zero
    let gradient3 = zero
    let at = rows + <usize>input * F32
    for (let to = deltas; to < deltasEnd; to += VEC) {
      const delta = v128.load(to)
      gradient0 = muladd(v128.load32_splat(at), delta, gradient0)
      gradient1 = muladd(v128.load32_splat(at, F32), delta, gradient1)
      gradient2 = muladd(v128.load32_splat(at, 2 * F32), delta, gradient2)
      gradient3 = muladd(v128.load32_splat(at, 3 * F32), delta, gradient3)
      at += rowStride
    }
    take(state, w, toVelocity, gradient0, momentum, keeps)
    take(state, w + VEC, toVelocity, gradient1, momentum, keeps)
    take(state, w + 2 * VEC, toVelocity, gradient2, momentum, keeps)
    take(state, w + 3 * VEC, toVelocity, gradient3, momentum, keeps)
    w += 4 * VEC
  }
  for (; input < layer.inputs; input++) {
    let gradient = zero
    let at = rows + <usize>input * F32
    for (let to = deltas; to < deltasEnd; to += VEC) {
      gradient = muladd(v128.load32_splat(at), v128.load(to), gradient)
      at += rowStride
    }
    take(state, w, toVelocity, gradient, momentum, keeps)
    w += VEC
  }
  let gradient = zero
  for (let to = deltas; to < deltasEnd; to += VEC) gradient = f32x4.add(gradient, v128.load(to))
  take(state, w, toVelocity, gradient, momentum, keeps)
}

/** The update by a single row, whose gradient is the outer product of its inputs and deltas: four inputs at a time. */
export function updateByRow(state: State, layer: Layer, row: usize): void {
  const momentum = f32x4.splat(state.momentum)
  const toVelocity = <usize>(layer.inputs + 1) * VEC
  let deltas = layer.deltas
  for (let block = 0; block < layer.blocks; block++) {
    const delta = v128.load(deltas)
    let w = layer.parameters + <usize>block * layer.stride
    const end = w + <usize>layer.inputs * VEC
    const stop = w + <usize>(layer.inputs & ~3) * VEC
    let at = row
    for (; w < stop; w += 4 * VEC) {
      update(w, toVelocity, f32x4.mul(v128.load32_splat(at), delta), momentum)
      update(w + VEC, toVelocity, f32x4.mul(v128.load32_splat(at, F32), delta), momentum)
      update(w + 2 * VEC, toVelocity, f32x4.mul(v128.load32_splat(at, 2 * F32), delta), momentum)
      update(w + 3 * VEC, toVelocity, f32x4.mul(v128.load32_splat(at, 3 * F32), delta), momentum)
      at += 4 * F32
    }
    for (; w < end; w += VEC) {
      update(w, toVelocity, f32x4.mul(v128.load32_splat(at), delta), momentum)
      at += F32
    }
    update(w, toVelocity, delta, momentum)
    deltas += state.activityStride
  }
}
