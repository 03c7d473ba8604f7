/**
 * Moments of the gradients of single rows: the squared length of their mean and the mean of their squared lengths, from
 * which the noise of a batch follows. Measuring changes nothing that is learned.
 *
 * A row's gradient with respect to a layer's weights is the outer product of its inputs a [I] and deltas d [O]. The sum
 * of its squares is therefore |a|²·|d|², and (1 + |a|²)·|d|² with the biases (Goodfellow 2015, Efficient per-example
 * gradient computations). No row's gradient is ever written out.
 *
 * Both moments refer to the plain C columns of the output layer, not to the D columns that the kernel keeps: a row's
 * delta for the logit of class 0 is minus the sum of the others.
 *
 * Squares are summed in float64; gradients in float32 within a chunk and in float64 over chunks, because float32 would
 * leave few correct digits of gradients that nearly cancel.
 */
import { backwardHidden } from './backward'
import { deltasFromOutput } from './backward-output'
import { forward, lastActivity, lastBlocks } from './forward'
import { exp } from './math'
import { CHUNK, columnsOf, layerOf, State } from './state'
import { F32, lanesBelow, VEC } from './vector'

const F64: usize = 8
/** Four float64. */
const WIDE: usize = 32

/**
 * Measures the gradients of the training rows at the current parameters.
 *
 * @param to receives two float64: the squared length of the mean gradient, and the mean squared length of the rows'
 *   gradients. There must be space for a snapshot, because the gradient is summed behind them.
 */
export function measureGradients(state: State, to: usize): void {
  const sums = to + 2 * F64
  memory.fill(sums, 0, gradientBytes(state))
  // The scratch memory behind the last row of the batch.
  const rows = state.batch + <usize>state.trainRows * state.rowStride
  let squares: f64 = 0
  for (let row = 0; row < state.trainRows; row += CHUNK) {
    const count = min(CHUNK, state.trainRows - row)
    memory.copy(rows, state.train + <usize>row * state.rowStride, <usize>count * state.rowStride)
    forward(state, rows, count)
    writeDeltas(state, rows, state.trainLabels + <usize>row * F32, count)
    squares += addGradients(state, rows, count, sums)
  }
  const n = <f64>state.trainRows
  store<f64>(to, squareOfSums(state, sums) / (n * n))
  store<f64>(to, squares / n, F64)
  // The activations and deltas of the training rows have been overwritten.
  state.isScored = 0
}

/**
 * The bytes of the summed gradient in float64: four per vector of the kernel's parameters, and one per bias of the
 * output layer.
 */
function gradientBytes(state: State): usize {
  let vectors = <usize>(lastBlocks(state) * columnsOf(state))
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    vectors += <usize>(layer.blocks * (layer.inputs + 1))
  }
  return vectors * WIDE + <usize>columnsOf(state) * F64
}

/**
 * Writes the derivatives of the loss with respect to the logits into each row: the softmax probability of each class,
 * minus 1 for its label.
 */
function writeDeltas(state: State, rows: usize, labels: usize, count: i32): void {
  const k = state.constants
  const columns = columnsOf(state)
  const powers = state.biasGradients
  const stride = state.rowStride
  let logits = state.logits
  for (let row = 0; row < count; row += 4) {
    const live = lanesBelow(count - row)
    const label = v128.load(labels)
    let largest = f32x4.splat(0)
    for (let column = 0; column < columns; column++)
      largest = f32x4.pmax(largest, v128.load(logits + <usize>column * VEC))
    let sum = exp(f32x4.neg(largest), k)
    for (let column = 0; column < columns; column++) {
      const offset = <usize>column * VEC
      const power = exp(f32x4.sub(v128.load(logits + offset), largest), k)
      sum = f32x4.add(sum, power)
      v128.store(powers + offset, power)
    }
    for (let column = 0; column < columns; column++) {
      const own = v128.and(f32x4.splat(1), i32x4.eq(label, i32x4.splat(column + 1)))
      const share = f32x4.div(v128.load(powers + <usize>column * VEC), sum)
      const delta = v128.and(live, f32x4.sub(share, own))
      const to = rows + state.toDeltas + <usize>column * F32
      v128.store32_lane(to, delta, 0)
      v128.store32_lane(to + stride, delta, 1)
      v128.store32_lane(to + 2 * stride, delta, 2)
      v128.store32_lane(to + 3 * stride, delta, 3)
    }
    rows += 4 * stride
    logits += <usize>columns * VEC
    labels += VEC
  }
}

/** Adds the gradients of some rows to the sums and returns the sum of their squared lengths. */
function addGradients(state: State, rows: usize, count: i32, sums: usize): f64 {
  let squares = addOutput(state, rows, count, sums)
  let to = sums + <usize>(lastBlocks(state) * columnsOf(state)) * WIDE + <usize>columnsOf(state) * F64
  if (state.hiddenLayers > 0) deltasFromOutput(state, rows, count)
  for (let index = state.hiddenLayers - 1; index >= 0; index--) {
    const layer = layerOf(state, index)
    if (index > 0) backwardHidden(state, layer, layerOf(state, index - 1), count)
    squares += addLayer(state, index, rows, count, to)
    to += <usize>(layer.blocks * (layer.inputs + 1)) * WIDE
  }
  return squares
}

/** The output layer: its weights, followed by its biases. */
function addOutput(state: State, rows: usize, count: i32, sums: usize): f64 {
  const columns = columnsOf(state)
  const blocks = lastBlocks(state)
  const activity = lastActivity(state)
  let squares: f64 = 0
  let to = sums
  for (let block = 0; block < blocks; block++)
    for (let column = 0; column < columns; column++) {
      let sum = f32x4.splat(0)
      let row = rows + state.toDeltas + <usize>column * F32
      const a = activity + <usize>block * state.activityStride
      for (let index = 0; index < count; index++) {
        sum = f32x4.add(sum, f32x4.mul(v128.load(a + <usize>index * VEC), v128.load32_splat(row)))
        row += state.rowStride
      }
      addWide(to, sum)
      to += WIDE
    }
  for (let index = 0; index < count; index++) {
    const deltas = rows + <usize>index * state.rowStride + state.toDeltas
    let all: f64 = 0
    let square: f64 = 0
    for (let column = 0; column < columns; column++) {
      const delta = <f64>load<f32>(deltas + <usize>column * F32)
      const at = to + <usize>column * F64
      store<f64>(at, load<f64>(at) + delta)
      all += delta
      square += delta * delta
    }
    squares += (square + all * all) * (1 + squareOf(activity, blocks, state.activityStride, index))
  }
  return squares
}

/** A hidden layer whose deltas are known: for each block of units the weights of each input, then the biases. */
function addLayer(state: State, index: i32, rows: usize, count: i32, to: usize): f64 {
  const layer = layerOf(state, index)
  const stride = state.activityStride
  for (let block = 0; block < layer.blocks; block++) {
    const deltas = layer.deltas + <usize>block * stride
    for (let input = 0; input < layer.inputs; input++) {
      // The values of an input: in the rows for the first layer, in a lane of the previous layer for the others.
      const before = index == 0 ? rows + <usize>input * F32 : inputOf(state, index, input)
      const step = index == 0 ? state.rowStride : VEC
      let sum = f32x4.splat(0)
      for (let row = 0; row < count; row++) {
        const a = v128.load32_splat(before + <usize>row * step)
        sum = f32x4.add(sum, f32x4.mul(a, v128.load(deltas + <usize>row * VEC)))
      }
      addWide(to, sum)
      to += WIDE
    }
    let sum = f32x4.splat(0)
    for (let row = 0; row < count; row++) sum = f32x4.add(sum, v128.load(deltas + <usize>row * VEC))
    addWide(to, sum)
    to += WIDE
  }
  let squares: f64 = 0
  for (let row = 0; row < count; row++)
    squares +=
      (1 + squareOfInputs(state, index, rows, row)) * squareOf(layer.deltas, layer.blocks, stride, row)
  return squares
}

/** The address of the first row's value of an input of a later layer. */
@inline
function inputOf(state: State, index: i32, input: i32): usize {
  const before = layerOf(state, index - 1)
  return before.activity + <usize>(input >> 2) * state.activityStride + <usize>(input & 3) * F32
}

/** The squared length of a row's inputs of a layer. */
@inline
function squareOfInputs(state: State, index: i32, rows: usize, row: i32): f64 {
  if (index > 0) {
    const before = layerOf(state, index - 1)
    return squareOf(before.activity, before.blocks, state.activityStride, row)
  }
  const at = rows + <usize>row * state.rowStride
  let square: f64 = 0
  for (let input = 0; input < state.inputs; input++) {
    const value = <f64>load<f32>(at + <usize>input * F32)
    square += value * value
  }
  return square
}

/** The sum of the squares of a row's values in all blocks of a layer. */
function squareOf(values: usize, blocks: i32, stride: usize, row: i32): f64 {
  let sum = f64x2.splat(0)
  for (let block = 0; block < blocks; block++) {
    const at = values + <usize>block * stride + <usize>row * VEC
    const low = f64x2.promote_low_f32x4(v128.load64_zero(at))
    const high = f64x2.promote_low_f32x4(v128.load64_zero(at, 8))
    sum = f64x2.add(sum, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)))
  }
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1)
}

/** Adds four float32 to four float64. */
@inline
function addWide(to: usize, sum: v128): void {
  const low = f64x2.promote_low_f32x4(sum)
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
  v128.store(to, f64x2.add(v128.load(to), low))
  v128.store(to, f64x2.add(v128.load(to, VEC), high), VEC)
}

/** The squared length of the summed gradient, including the gradient of class 0. */
function squareOfSums(state: State, sums: usize): f64 {
  const columns = columnsOf(state)
  const outputEnd = sums + <usize>(lastBlocks(state) * columns) * WIDE
  let square: f64 = 0
  // Weights: the columns of a block follow one another, four units each.
  for (let block = sums; block < outputEnd; block += <usize>columns * WIDE)
    for (let unit: usize = 0; unit < 4; unit++) square += squareWithFirst(block + unit * F64, columns, WIDE)
  square += squareWithFirst(outputEnd, columns, F64)
  const end = sums + gradientBytes(state)
  for (let at = outputEnd + <usize>columns * F64; at < end; at += F64) square += load<f64>(at) * load<f64>(at)
  return square
}

/** The sum of the squares of D values and of minus their sum. */
@inline
function squareWithFirst(at: usize, columns: i32, stride: usize): f64 {
  let all: f64 = 0
  let square: f64 = 0
  for (let column = 0; column < columns; column++) {
    const value = load<f64>(at + <usize>column * stride)
    all += value
    square += value * value
  }
  return square + all * all
}
