/**
 * The first hidden layer for rows with any number of inputs but two, for which `forward.ts` and `backward.ts` have
 * shorter loops. With 64 inputs it does most of a network's arithmetic, so it is blocked for registers: the forward pass
 * computes four rows by eight units at a time, and the backward pass the gradients of four inputs by eight units, so
 * that each loaded value is used several times and sums stay in registers. If the number of blocks of four units is odd,
 * the last block is computed alone.
 *
 * Every sum adds its terms in the order of the inputs or rows, so the bits do not depend on the blocking.
 */
import { take, update } from './backward'
import { liveUnits } from './forward'
import { activate } from './math'
import { blocksOf, Layer, State } from './state'
import { F32, muladd, VEC } from './vector'

/** The activations of `count` rows. */
export function forwardInputs(state: State, layer: Layer, rows: usize, count: i32): void {
  if (count == 1) {
    sumRow(state, layer, rows)
    activateRows(state, layer, 0, VEC)
    return
  }
  const groups = blocksOf(count)
  const pairs = layer.blocks & ~1
  for (let group = 0; group < groups; group++) {
    const offset = <usize>group * (4 * VEC)
    for (let block = 0; block < pairs; block += 2) sumPair(state, layer, rows, block, offset)
    if (pairs < layer.blocks) sumLast(state, layer, rows, pairs, offset)
    activateRows(state, layer, offset, 4 * VEC)
    rows += 4 * state.rowStride
  }
}

/** Turns weighted sums into activations: `bytes` of each block from `offset` on. */
function activateRows(state: State, layer: Layer, offset: usize, bytes: usize): void {
  const k = state.constants
  const activation = state.activation
  let begin = layer.activity + offset
  for (let block = 0; block < layer.blocks; block++) {
    const live = liveUnits(layer, block)
    for (let at = begin; at < begin + bytes; at += VEC)
      v128.store(at, v128.and(live, activate(activation, v128.load(at), k)))
    begin += state.activityStride
  }
}

/** The weighted sums of four rows by two blocks of units. Letters in names are the blocks, numbers the rows. */
/** The weighted sums of four rows by two blocks of units. Letters in names are the blocks, numbers the rows. */
function sumPair(state: State, layer: Layer, rows: usize, block: i32, offset: usize): void {
  const weights = <usize>layer.inputs * VEC
  let wa = layer.parameters + <usize>block * layer.stride
  let wb = wa + layer.stride
  const end = wa + weights
  const stop = wa + <usize>(layer.inputs - layer.inputs % 2) * VEC
  let a0 = v128.load(wa + weights)
  let a1 = a0
  let a2 = a0
  let a3 = a0
  let b0 = v128.load(wb + weights)
  let b1 = b0
  let b2 = b0
  let b3 = b0
  let x0 = rows
  let x1 = x0 + state.rowStride
  let x2 = x1 + state.rowStride
  let x3 = x2 + state.rowStride
  // Two inputs at a time
  while (wa < stop) {
    let a = v128.load(wa)
    let b = v128.load(wb)
    let x = v128.load32_splat(x0)
    a0 = muladd(x, a, a0)
    b0 = muladd(x, b, b0)
    x = v128.load32_splat(x1)
    a1 = muladd(x, a, a1)
    b1 = muladd(x, b, b1)
    x = v128.load32_splat(x2)
    a2 = muladd(x, a, a2)
    b2 = muladd(x, b, b2)
    x = v128.load32_splat(x3)
    a3 = muladd(x, a, a3)
    b3 = muladd(x, b, b3)
    a = v128.load(wa, VEC)
    b = v128.load(wb, VEC)
    x = v128.load32_splat(x0, F32)
    a0 = muladd(x, a, a0)
    b0 = muladd(x, b, b0)
    x = v128.load32_splat(x1, F32)
    a1 = muladd(x, a, a1)
    b1 = muladd(x, b, b1)
    x = v128.load32_splat(x2, F32)
    a2 = muladd(x, a, a2)
    b2 = muladd(x, b, b2)
    x = v128.load32_splat(x3, F32)
    a3 = muladd(x, a, a3)
    b3 = muladd(x, b, b3)
    wa += 2 * VEC
    wb += 2 * VEC
    x0 += 2 * F32
    x1 += 2 * F32
    x2 += 2 * F32
    x3 += 2 * F32
  }
  // The last one of an odd number of inputs
  if (wa < end) {
    let a = v128.load(wa)
    let b = v128.load(wb)
    let x = v128.load32_splat(x0)
    a0 = muladd(x, a, a0)
    b0 = muladd(x, b, b0)
    x = v128.load32_splat(x1)
    a1 = muladd(x, a, a1)
    b1 = muladd(x, b, b1)
    x = v128.load32_splat(x2)
    a2 = muladd(x, a, a2)
    b2 = muladd(x, b, b2)
    x = v128.load32_splat(x3)
    a3 = muladd(x, a, a3)
    b3 = muladd(x, b, b3)
  }
  let to = layer.activity + <usize>block * state.activityStride + offset
  v128.store(to, a0)
  v128.store(to, a1, VEC)
  v128.store(to, a2, 2 * VEC)
  v128.store(to, a3, 3 * VEC)
  to += state.activityStride
  v128.store(to, b0)
  v128.store(to, b1, VEC)
  v128.store(to, b2, 2 * VEC)
  v128.store(to, b3, 3 * VEC)
}

/** The weighted sums of four rows by the last block of units. */
function sumLast(state: State, layer: Layer, rows: usize, block: i32, offset: usize): void {
  const stride = state.rowStride
  let w = layer.parameters + <usize>block * layer.stride
  const stop = w + <usize>layer.inputs * VEC
  let sum0 = v128.load(stop)
  let sum1 = sum0
  let sum2 = sum0
  let sum3 = sum0
  for (let x = rows; w < stop; x += F32) {
    const weight = v128.load(w)
    sum0 = muladd(v128.load32_splat(x), weight, sum0)
    sum1 = muladd(v128.load32_splat(x + stride), weight, sum1)
    sum2 = muladd(v128.load32_splat(x + 2 * stride), weight, sum2)
    sum3 = muladd(v128.load32_splat(x + 3 * stride), weight, sum3)
    w += VEC
  }
  const to = layer.activity + <usize>block * state.activityStride + offset
  v128.store(to, sum0)
  v128.store(to, sum1, VEC)
  v128.store(to, sum2, 2 * VEC)
  v128.store(to, sum3, 3 * VEC)
}

/** The weighted sums of a single row: four blocks of units at a time. */
function sumRow(state: State, layer: Layer, row: usize): void {
  const activityStride = state.activityStride
  const stride = layer.stride
  const weights = <usize>layer.inputs * VEC
  let block = 0
  for (; block + 4 <= layer.blocks; block += 4) {
    let w = layer.parameters + <usize>block * stride
    const stop = w + weights
    let a = v128.load(stop)
    let b = v128.load(stop + stride)
    let c = v128.load(stop + 2 * stride)
    let d = v128.load(stop + 3 * stride)
    for (let at = row; w < stop; at += F32) {
      const x = v128.load32_splat(at)
      a = muladd(x, v128.load(w), a)
      b = muladd(x, v128.load(w + stride), b)
      c = muladd(x, v128.load(w + 2 * stride), c)
      d = muladd(x, v128.load(w + 3 * stride), d)
      w += VEC
    }
    const to = layer.activity + <usize>block * activityStride
    v128.store(to, a)
    v128.store(to + activityStride, b)
    v128.store(to + 2 * activityStride, c)
    v128.store(to + 3 * activityStride, d)
  }
  for (; block < layer.blocks; block++) {
    let w = layer.parameters + <usize>block * stride
    const stop = w + weights
    let sum = v128.load(stop)
    for (let at = row; w < stop; at += F32) {
      sum = muladd(v128.load32_splat(at), v128.load(w), sum)
      w += VEC
    }
    v128.store(layer.activity + <usize>block * activityStride, sum)
  }
}

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
function updateByRow(state: State, layer: Layer, row: usize): void {
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
