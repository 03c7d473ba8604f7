/**
 * The forward pass of the first hidden layer for rows with any number of inputs but two, for which `forward.ts` has a
 * shorter loop. With 64 inputs this layer does most of a network's arithmetic, so it is blocked for registers: four rows
 * by two blocks of units at a time, whose eight sums stay in registers and use each loaded value several times.
 *
 * Every sum adds the bias first and then the inputs in their order, so the bits do not depend on how rows and units are
 * grouped.
 */
import { liveUnits } from './forward'
import { activate, relu, RELU } from './math'
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
export function activateRows(state: State, layer: Layer, offset: usize, bytes: usize): void {
  const k = state.constants
  const activation = state.activation
  let begin = layer.activity + offset
  for (let block = 0; block < layer.blocks; block++) {
    const live = liveUnits(layer, block)
    const end = begin + bytes
    if (activation == RELU) {
      for (let at = begin; at < end; at += VEC) v128.store(at, v128.and(live, relu(v128.load(at))))
    } else {
      for (let at = begin; at < end; at += VEC) v128.store(at, v128.and(live, activate(activation, v128.load(at), k)))
    }
    begin += state.activityStride
  }
}

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
    const a = v128.load(wa)
    const b = v128.load(wb)
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

/**
 * The weighted sums of a single row: four blocks of units at a time. If their number is not a multiple, the last ones
 * overlap: computing a block twice takes less time than computing one alone, where each addition waits for the one before.
 */
export function sumRow(state: State, layer: Layer, row: usize): void {
  const blocks = layer.blocks
  if (blocks >= 4) {
    for (let block = 0; block < blocks; block += 4) sumRowByFour(state, layer, row, min(block, blocks - 4))
  } else {
    for (let block = 0; block < blocks; block++) sumRowByOne(state, layer, row, block)
  }
}

/** The weighted sums of a row by four blocks of units, here a to d. */
function sumRowByFour(state: State, layer: Layer, row: usize, block: i32): void {
  const stride = layer.stride
  const activityStride = state.activityStride
  let w = layer.parameters + <usize>block * stride
  const end = w + <usize>layer.inputs * VEC
  let a = v128.load(end)
  let b = v128.load(end + stride)
  let c = v128.load(end + 2 * stride)
  let d = v128.load(end + 3 * stride)
  for (let at = row; w < end; at += F32) {
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

/** The weighted sums of a row by one block of units. */
function sumRowByOne(state: State, layer: Layer, row: usize, block: i32): void {
  let w = layer.parameters + <usize>block * layer.stride
  const end = w + <usize>layer.inputs * VEC
  let sum = v128.load(end)
  for (let at = row; w < end; at += F32) {
    sum = muladd(v128.load32_splat(at), v128.load(w), sum)
    w += VEC
  }
  v128.store(layer.activity + <usize>block * state.activityStride, sum)
}
