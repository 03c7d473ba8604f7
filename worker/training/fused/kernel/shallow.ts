/**
 * A faster path for networks like the tutorial's, with 2 inputs, one hidden layer of ReLUs and 3 classes. It trains
 * identically on the same memory as `forward.ts` and `backward.ts`, but keeps both columns of the output layer in
 * registers and takes half of their time.
 */
import { update } from './backward'
import { updateOutputBiases } from './backward-output'
import { exp, label as labelOf, one, relu, RELU } from './math'
import { isPlane, layerOf, State } from './state'
import { addScore } from './score'
import { addHalves, F32, joinHalves, lanesBelow, muladd, VEC } from './vector'

/** Whether a training's network has this shape. */
@inline
export function isShallow(state: State): bool {
  return state.hiddenLayers == 1 && state.classes == 3 && state.activation == RELU && isPlane(state)
}

/** Bytes of a row: x, y and two deltas. */
export const ROW: usize = VEC
/** Bytes of a block's parameters in the hidden layer: weights of x and y, bias, and their velocities. */
export const HIDDEN: usize = 6 * VEC
/** Bytes of a block's parameters in the output layer: weights to classes 1 and 2, and their velocities. */
export const OUTPUT: usize = 4 * VEC

/**
 * The activations and logits of rows: two rows at a time through all blocks of units, four rows to a vector of logits.
 */
export function forwardShallow(state: State, rows: usize, count: i32): void {
  const layer = layerOf(state, 0)
  const parameters = layer.parameters
  const end = parameters + <usize>layer.blocks * HIDDEN
  const output = state.output
  const stride = state.activityStride
  const bias1 = v128.load32_splat(state.outputBiases)
  const bias2 = v128.load32_splat(state.outputBiases, F32)
  let activity = layer.activity
  let logits = state.logits
  for (let row = 0; row < count; row += 4) {
    let first1 = f32x4.splat(0)
    let first2 = first1
    let last1 = first1
    let last2 = first1
    for (let pair = 0; pair < 2; pair++) {
      const ax = v128.load32_splat(rows)
      const ay = v128.load32_splat(rows, F32)
      const bx = v128.load32_splat(rows, ROW)
      const by = v128.load32_splat(rows, ROW + F32)
      let a1 = f32x4.splat(0)
      let a2 = a1
      let b1 = a1
      let b2 = a1
      let to = activity
      let u = output
      for (let w = parameters; w < end; w += HIDDEN) {
        const wx = v128.load(w)
        const wy = v128.load(w, VEC)
        const bias = v128.load(w, 2 * VEC)
        const a = relu(muladd(ay, wy, muladd(ax, wx, bias)))
        const b = relu(muladd(by, wy, muladd(bx, wx, bias)))
        v128.store(to, a)
        v128.store(to, b, VEC)
        const u1 = v128.load(u)
        a1 = muladd(a, u1, a1)
        b1 = muladd(b, u1, b1)
        const u2 = v128.load(u, VEC)
        a2 = muladd(a, u2, a2)
        b2 = muladd(b, u2, b2)
        to += stride
        u += OUTPUT
      }
      first1 = last1
      first2 = last2
      last1 = addHalves(a1, b1)
      last2 = addHalves(a2, b2)
      rows += 2 * ROW
      activity += 2 * VEC
    }
    v128.store(logits, f32x4.add(bias1, joinHalves(first1, last1)))
    v128.store(logits, f32x4.add(bias2, joinHalves(first2, last2)), VEC)
    logits += 2 * VEC
  }
}

/**
 * Prepares the table for `forwardGroups`, in which a unit's weights are divided by the magnitude of its weight of x, so
 * that one multiplication is saved: relu(wx·x + wy·y + b)·u = relu(±x + (wy/|wx|)·y + b/|wx|)·(u·|wx|). The units with
 * a positive weight come first, then those with a negative one, from the last to the first.
 */
export function tabulate(state: State): void {
  const layer = layerOf(state, 0)
  let positive = state.table
  let negative = positive + <usize>layer.units * VEC
  for (let unit = 0; unit < layer.units; unit++) {
    const lane = <usize>(unit & 3) * F32
    const w = layer.parameters + <usize>(unit >> 2) * HIDDEN + lane
    const u = state.output + <usize>(unit >> 2) * OUTPUT + lane
    const wx = load<f32>(w)
    const size = max<f32>(abs<f32>(wx), 1e-20)
    let to = positive
    if (wx < 0) to = negative -= VEC
    else positive += VEC
    store<f32>(to, load<f32>(w, VEC) / size)
    store<f32>(to, load<f32>(w, 2 * VEC) / size, F32)
    store<f32>(to, load<f32>(u) * size, 2 * F32)
    store<f32>(to, load<f32>(u, VEC) * size, 3 * F32)
  }
  state.tableMiddle = positive
}

/**
 * The logits of rows in groups of eight, with rows in lanes, using the table. Only the score needs them, so no
 * activations are stored.
 */
export function forwardGroups(state: State, groups: usize, count: i32): void {
  const begin = state.table
  const middle = state.tableMiddle
  const end = begin + <usize>layerOf(state, 0).units * VEC
  const bias1 = v128.load32_splat(state.outputBiases)
  const bias2 = v128.load32_splat(state.outputBiases, F32)
  let logits = state.logits
  for (let row = 0; row < count; row += 8) {
    let ax = v128.load(groups)
    let bx = v128.load(groups, VEC)
    const ay = v128.load(groups, 2 * VEC)
    const by = v128.load(groups, 3 * VEC)
    let a1 = bias1
    let a2 = bias2
    let b1 = bias1
    let b2 = bias2
    // First the units with a positive weight of x, then those with a negative one, for which x is negated.
    let t = begin
    let stop = middle
    for (let sign = 0; sign < 2; sign++) {
      for (; t < stop; t += VEC) {
        const wy = v128.load32_splat(t)
        const bias = v128.load32_splat(t, F32)
        const a = relu(f32x4.add(muladd(ay, wy, bias), ax))
        const b = relu(f32x4.add(muladd(by, wy, bias), bx))
        const u1 = v128.load32_splat(t, 2 * F32)
        a1 = muladd(a, u1, a1)
        b1 = muladd(b, u1, b1)
        const u2 = v128.load32_splat(t, 3 * F32)
        a2 = muladd(a, u2, a2)
        b2 = muladd(b, u2, b2)
      }
      ax = f32x4.neg(ax)
      bx = f32x4.neg(bx)
      stop = end
    }
    v128.store(logits, a1)
    v128.store(logits, a2, VEC)
    v128.store(logits, b1, 2 * VEC)
    v128.store(logits, b2, 3 * VEC)
    groups += 4 * VEC
    logits += 4 * VEC
  }
}

/** `scoreRows` and `learnRows` of `score.ts`, for 3 classes. */
export function scoreThree(state: State, labels: usize, count: i32): void {
  score(state, 0, labels, count, false)
}
export function learnThree(state: State, rows: usize, labels: usize, count: i32): void {
  score(state, rows, labels, count, true)
}

@inline
function score(state: State, rows: usize, labels: usize, count: i32, learns: bool): void {
  const k = state.constants
  const rate = f32x4.splat(state.deltaRate / <f32>state.divisor)
  const zero = f32x4.splat(0)
  let logits = state.logits
  let bias1 = zero
  let bias2 = zero
  for (let row = 0; row < count; row += 4) {
    const z1 = v128.load(logits)
    const z2 = v128.load(logits, VEC)
    const label = v128.load(labels)
    const is1 = i32x4.eq(label, labelOf(k, 1))
    const is2 = i32x4.eq(label, labelOf(k, 2))
    const larger = f32x4.pmax(zero, z1)
    const largest = f32x4.pmax(larger, z2)
    const power1 = exp(f32x4.sub(z1, largest), k)
    const power2 = exp(f32x4.sub(z2, largest), k)
    let sum = f32x4.add(exp(f32x4.sub(zero, largest), k), f32x4.add(power1, power2))
    let gap = f32x4.sub(largest, v128.or(v128.and(is1, z1), v128.and(is2, z2)))
    // Class 2 is predicted if its logit is greater than both others, otherwise class 1 if its logit is greater than
    // that of class 0.
    const is0 = v128.not(v128.or(is1, is2))
    let hit = v128.bitselect(is2, v128.bitselect(is1, is0, f32x4.gt(z1, zero)), f32x4.gt(z2, larger))
    let delta1 = zero
    let delta2 = zero
    if (learns) {
      const scale = f32x4.div(rate, sum)
      delta1 = f32x4.sub(f32x4.mul(power1, scale), v128.and(rate, is1))
      delta2 = f32x4.sub(f32x4.mul(power2, scale), v128.and(rate, is2))
    }
    if (count - row < 4) {
      const live = lanesBelow(count - row)
      sum = v128.bitselect(sum, one(k), live)
      gap = v128.and(gap, live)
      hit = v128.and(hit, live)
      delta1 = v128.and(delta1, live)
      delta2 = v128.and(delta2, live)
    }
    addScore(state, sum, gap, hit)
    if (learns) {
      bias1 = f32x4.add(bias1, delta1)
      bias2 = f32x4.add(bias2, delta2)
      const low = v128.shuffle<f32>(delta1, delta2, 0, 4, 1, 5)
      const high = v128.shuffle<f32>(delta1, delta2, 2, 6, 3, 7)
      v128.store64_lane(rows, low, 0, 2 * F32)
      v128.store64_lane(rows, low, 1, ROW + 2 * F32)
      v128.store64_lane(rows, high, 0, 2 * ROW + 2 * F32)
      v128.store64_lane(rows, high, 1, 3 * ROW + 2 * F32)
      rows += 4 * ROW
    }
    logits += 2 * VEC
    labels += VEC
  }
  if (learns) {
    v128.store(state.biasGradients, bias1)
    v128.store(state.biasGradients, bias2, VEC)
  }
}

/**
 * The gradients of rows whose deltas are known, and the update: a block of units at a time, with all of its gradients
 * at once.
 */
export function backwardShallow(state: State, rows: usize, count: i32): void {
  const layer = layerOf(state, 0)
  const end = layer.parameters + <usize>layer.blocks * HIDDEN
  const rowsEnd = rows + <usize>count * ROW
  const momentum = f32x4.splat(state.momentum)
  const stride = state.activityStride
  const zero = f32x4.splat(0)
  let activity = layer.activity
  let u = state.output
  for (let w = layer.parameters; w < end; w += HIDDEN) {
    const u1 = v128.load(u)
    const u2 = v128.load(u, VEC)
    let gradient1 = zero
    let gradient2 = zero
    let gradientX = zero
    let gradientY = zero
    let gradient = zero
    let at = activity
    for (let row = rows; row < rowsEnd; row += ROW) {
      const a = v128.load(at)
      const delta1 = v128.load32_splat(row, 2 * F32)
      const delta2 = v128.load32_splat(row, 3 * F32)
      gradient1 = muladd(a, delta1, gradient1)
      gradient2 = muladd(a, delta2, gradient2)
      const delta = v128.and(i32x4.gt_s(a, zero), muladd(u2, delta2, f32x4.mul(u1, delta1)))
      gradientX = muladd(delta, v128.load32_splat(row), gradientX)
      gradientY = muladd(delta, v128.load32_splat(row, F32), gradientY)
      gradient = f32x4.add(gradient, delta)
      at += VEC
    }
    const all = f32x4.add(gradient1, gradient2)
    update(u, 2 * VEC, f32x4.add(gradient1, all), momentum)
    update(u + VEC, 2 * VEC, f32x4.add(gradient2, all), momentum)
    update(w, 3 * VEC, gradientX, momentum)
    update(w + VEC, 3 * VEC, gradientY, momentum)
    update(w + 2 * VEC, 3 * VEC, gradient, momentum)
    activity += stride
    u += OUTPUT
  }
  updateOutputBiases(state)
}
