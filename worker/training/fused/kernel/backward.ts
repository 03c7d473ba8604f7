/**
 * The backward pass of any network, and the update. Learning rate and batch size are already part of the deltas, so a
 * gradient is added to the velocity as it is: v = momentum·v + g; w = w − v. Alternatively the gradients are stored for
 * an optimizer.
 *
 * The outer loops go over the parameters of a block and the inner ones over the rows, so that gradients never leave the
 * registers and the update follows immediately.
 */
import { lastActivity, lastBlocks } from './forward'
import { takeInputs } from './inputs'
import { derive } from './math'
import { blocksOf, columnsOf, isPlane, Layer, layerOf, State } from './state'
import { addHalves, F32, joinHalves, muladd, sumLanes, VEC } from './vector'

/**
 * Computes the gradients of `count` rows whose deltas are known, and updates every parameter.
 *
 * @param keeps whether to store the gradients for `optimizer.ts` instead of moving the parameters
 */
export function backward(state: State, rows: usize, count: i32, keeps: bool): void {
  if (count == 1 && !keeps) updateOutputByRow(state, rows)
  else backwardOutput(state, rows, count, keeps)
  if (keeps) keepOutputBiases(state)
  else updateOutputBiases(state)
  for (let index = state.hiddenLayers - 1; index >= 0; index--) {
    const layer = layerOf(state, index)
    if (index == 0) {
      if (isPlane(state)) takePlane(state, layer, rows, count, keeps)
      else takeInputs(state, layer, rows, count, keeps)
    } else {
      const before = layerOf(state, index - 1)
      backwardHidden(state, layer, before, count)
      takeHidden(state, layer, before, count, keeps)
    }
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

/** The deltas of the last hidden layer, and then the weights of the output layer: two blocks of units at a time. */
function backwardOutput(state: State, rows: usize, count: i32, keeps: bool): void {
  if (state.hiddenLayers > 0) deltasFromOutput(state, rows, count)
  const rowsEnd = rows + <usize>count * state.rowStride
  const activity = lastActivity(state)
  const blocks = lastBlocks(state)
  // Behind the gradients of the biases: those of a block, [D][4], and those of the next.
  const gradients = state.biasGradients + <usize>columnsOf(state) * VEC
  const nextGradients = gradients + <usize>columnsOf(state) * VEC
  for (let block = 0; block < blocks; block += 2) {
    const hasNext = block + 1 < blocks
    const a = activity + <usize>block * state.activityStride
    const b = hasNext ? a + state.activityStride : a
    outputGradients(state, a, b, rows, rowsEnd, gradients)
    takeOutput(state, block, gradients, keeps)
    if (hasNext) takeOutput(state, block + 1, nextGradients, keeps)
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

/** Stores the gradients of a block of the output layer, or updates its weights with them. */
@inline
function takeOutput(state: State, block: i32, gradients: usize, keeps: bool): void {
  // With the gauge of `score.ts`, the gradient with respect to a difference of weights is that of its class minus that
  // of class 0, and the gradients of all classes sum to 0.
  const bytes = <usize>columnsOf(state) * VEC
  let all = f32x4.splat(0)
  for (let at: usize = 0; at < bytes; at += VEC) all = f32x4.add(all, v128.load(gradients + at))
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
 * The weights of the output layer and the deltas of the last hidden layer, for a single row. Every block is read and
 * updated at once.
 */
function updateOutputByRow(state: State, row: usize): void {
  const momentum = f32x4.splat(state.momentum)
  const zero = f32x4.splat(0)
  const bytes = <usize>columnsOf(state) * VEC
  const hasDeltas = state.hiddenLayers > 0
  const blocks = lastBlocks(state)
  let to = hasDeltas ? layerOf(state, state.hiddenLayers - 1).deltas : 0
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
    if (hasDeltas) v128.store(to, derive(state.activation, a, delta, state.constants))
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
function keepOutputBiases(state: State): void {
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

/** The deltas of the previous layer, from those of a hidden layer and its weights. Inlined for the same reason. */
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
 * The parameters of the first hidden layer for rows with two inputs; `inputs.ts` has those for any other number.
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
