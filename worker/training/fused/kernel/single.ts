/**
 * Updates on batches of one row, for the network of `shallow.ts`. Every update changes every parameter, so loading and
 * storing the parameters is the main cost. The softmax of a row is in the lanes of one vector: classes 0, 1 and 2, and
 * one lane that is never predicted.
 */
import { exp, lane0, lanes, one, relu } from './math'
import { PENDING, settleScore } from './score'
import { HIDDEN, OUTPUT, ROW } from './shallow'
import { layerOf, State } from './state'
import { addHalves, F32, muladd, VEC } from './vector'

/** Trains on `count` rows of the epoch, one after another, starting with `row`. */
export function trainSingle(state: State, row: i32, count: i32): void {
  const k = state.constants
  const layer = layerOf(state, 0)
  const parameters = layer.parameters
  const end = parameters + <usize>layer.blocks * HIDDEN
  const output = state.output
  const activity = layer.activity
  const rate = f32x4.splat(state.learningRate)
  const momentum = f32x4.splat(state.momentum)
  const zero = f32x4.splat(0)
  const unlikely = f32x4.splat(-1e30)
  const biases = state.outputBiases
  let bias1 = load<f32>(biases)
  let bias2 = load<f32>(biases, F32)
  let velocity1 = load<f32>(biases, 2 * F32)
  let velocity2 = load<f32>(biases, 3 * F32)
  let label = state.batchLabels + <usize>row * F32
  const rowsEnd = state.batch + <usize>(row + count) * ROW
  for (let at = state.batch + <usize>row * ROW; at < rowsEnd; at += ROW) {
    const x = v128.load32_splat(at)
    const y = v128.load32_splat(at, F32)

    // Forward pass. The biases are added in lane 0, because lanes are summed afterwards.
    let sum1 = f32x4.replace_lane(zero, 0, bias1)
    let sum2 = f32x4.replace_lane(zero, 0, bias2)
    for (let w = parameters, u = output, to = activity; w < end; w += HIDDEN, u += OUTPUT, to += VEC) {
      const a = relu(muladd(y, v128.load(w, VEC), muladd(x, v128.load(w), v128.load(w, 2 * VEC))))
      v128.store(to, a)
      sum1 = muladd(a, v128.load(u), sum1)
      sum2 = muladd(a, v128.load(u, VEC), sum2)
    }
    const halves = addHalves(sum1, sum2)
    const both = f32x4.add(halves, v128.shuffle<f32>(halves, halves, 2, 3, 0, 1))
    const z = v128.shuffle<f32>(v128.shuffle<f32>(both, zero, 4, 0, 1, 4), unlikely, 0, 1, 2, 4)

    // Softmax
    let largest = f32x4.pmax(z, v128.shuffle<f32>(z, z, 1, 0, 3, 2))
    largest = f32x4.pmax(largest, v128.shuffle<f32>(largest, largest, 2, 3, 0, 1))
    const powers = exp(f32x4.sub(z, largest), k)
    let sum = f32x4.add(powers, v128.shuffle<f32>(powers, powers, 1, 0, 3, 2))
    sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
    const own = i32x4.eq(lanes(k), v128.load32_splat(label))
    const delta = f32x4.sub(f32x4.div(f32x4.mul(powers, rate), sum), v128.and(rate, own))
    label += F32

    // Score: the prediction is the first of the largest logits.
    const score = state.score
    const isLargest = i32x4.bitmask(f32x4.eq(z, largest))
    const hit = <i32>((isLargest & -isLargest) == i32x4.bitmask(own))
    v128.store(score, f32x4.mul(v128.load(score), v128.bitselect(sum, one(k), lane0(k))))
    v128.store(score, f32x4.add(v128.load(score, VEC), v128.and(own, f32x4.sub(largest, z))), VEC)
    store<i32>(score, load<i32>(score, 2 * VEC) + hit, 2 * VEC)
    if (++state.pending == PENDING) settleScore(state)

    // Backward and update
    const delta0 = v128.shuffle<f32>(delta, delta, 0, 0, 0, 0)
    const delta1 = v128.shuffle<f32>(delta, delta, 1, 1, 1, 1)
    const delta2 = v128.shuffle<f32>(delta, delta, 2, 2, 2, 2)
    const difference1 = f32x4.sub(delta1, delta0)
    const difference2 = f32x4.sub(delta2, delta0)
    velocity1 = velocity1 * state.momentum + f32x4.extract_lane(difference1, 0)
    velocity2 = velocity2 * state.momentum + f32x4.extract_lane(difference2, 0)
    bias1 -= velocity1
    bias2 -= velocity2
    for (let w = parameters, u = output, from = activity; w < end; w += HIDDEN, u += OUTPUT, from += VEC) {
      const a = v128.load(from)
      const u1 = v128.load(u)
      const u2 = v128.load(u, VEC)
      const d = v128.and(i32x4.gt_s(a, zero), muladd(u2, delta2, f32x4.mul(u1, delta1)))
      let velocity = muladd(v128.load(u, 2 * VEC), momentum, f32x4.mul(a, difference1))
      v128.store(u, velocity, 2 * VEC)
      v128.store(u, f32x4.sub(u1, velocity))
      velocity = muladd(v128.load(u, 3 * VEC), momentum, f32x4.mul(a, difference2))
      v128.store(u, velocity, 3 * VEC)
      v128.store(u, f32x4.sub(u2, velocity), VEC)
      velocity = muladd(v128.load(w, 3 * VEC), momentum, f32x4.mul(x, d))
      v128.store(w, velocity, 3 * VEC)
      v128.store(w, f32x4.sub(v128.load(w), velocity))
      velocity = muladd(v128.load(w, 4 * VEC), momentum, f32x4.mul(y, d))
      v128.store(w, velocity, 4 * VEC)
      v128.store(w, f32x4.sub(v128.load(w, VEC), velocity), VEC)
      velocity = muladd(v128.load(w, 5 * VEC), momentum, d)
      v128.store(w, velocity, 5 * VEC)
      v128.store(w, f32x4.sub(v128.load(w, 2 * VEC), velocity), 2 * VEC)
    }
  }
  store<f32>(biases, bias1)
  store<f32>(biases, bias2, F32)
  store<f32>(biases, velocity1, 2 * F32)
  store<f32>(biases, velocity2, 3 * F32)
}
