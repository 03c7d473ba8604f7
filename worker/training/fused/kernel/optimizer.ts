/**
 * Optimizers that update from stored gradients: Nesterov momentum, RMSprop, Adam, and weight decay with any optimizer.
 * Here the output layer has the columns of all classes, because the rules of RMSprop and Adam applied to each column
 * differ from the same rules applied to differences. The columns that the rest of the kernel uses (see `score.ts`) are
 * derived from them after each update.
 *
 * Source of the rules, and of where ε is added: Keras 3.15,
 * `keras/src/optimizers/{base_optimizer,sgd,rmsprop,adam}.py`.
 */
import { backward } from './backward'
import { lastBlocks } from './forward'
import { blocksOf, columnsOf, layerOf, State } from './state'
import { F32, muladd, VEC } from './vector'

/** Codes of the setting `optimizer`. */
export const MOMENTUM = 0
const NESTEROV = 1
const RMSPROP = 2
const ADAM = 3

/** Whether a code belongs to an optimizer that the kernel implements. */
export function isOptimizer(code: i32): bool {
  return code >= MOMENTUM && code <= ADAM
}

const EPSILON: f32 = 1e-7
/** The decay rates of the mean of squares in RMSprop and Adam. */
const RHO: f32 = 0.9
const BETA2: f64 = 0.999
/**
 * The smallest gradient; its square is the smallest mean of squares. It is far below ε, and its square is above the
 * subnormal numbers, which are slow on some processors.
 */
const LEAST: f32 = 1e-15

/** Computes the gradients of rows whose deltas are known, and updates all parameters by the optimizer's rule. */
export function updateFromGradients(state: State, rows: usize, count: i32): void {
  backward(state, rows, count, true)
  state.power1 *= <f64>state.momentum
  state.power2 *= BETA2
  const toGradient = state.gradients - state.learned
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    const weights = <usize>layer.inputs * VEC
    const toVelocity = weights + VEC
    move(state, layer.parameters, layer.blocks, layer.stride, weights, toVelocity, toVelocity, toGradient, toGradient + toVelocity)
  }
  const width = <usize>state.classes * VEC
  move(state, state.columns, lastBlocks(state), state.columnsStride, width, width, width, 2 * width, 3 * width)
  const biases = <usize>blocksOf(state.classes) * VEC
  move(state, state.biasColumns, 1, 0, 0, biases, biases, 2 * biases, 3 * biases)
  setDifferences(state)
}

/**
 * Updates the parameters of blocks.
 *
 * @param weights bytes of a block's weights, to which weight decay applies
 * @param parameters bytes of all parameters of a block
 * @param toVelocity bytes from a parameter to its velocity; `toGradient` and `toSquare` likewise
 */
function move(
  state: State,
  from: usize,
  blocks: i32,
  stride: usize,
  weights: usize,
  parameters: usize,
  toVelocity: usize,
  toGradient: usize,
  toSquare: usize,
): void {
  const rate = f32x4.splat(state.learningRate)
  const momentum = f32x4.splat(state.momentum)
  const one = f32x4.splat(1)
  const decayed = f32x4.splat(1 - state.weightDecay * state.learningRate)
  const epsilon = f32x4.splat(EPSILON)
  const least = f32x4.splat(LEAST)
  const leastSquare = f32x4.splat(LEAST * LEAST)
  const end = from + <usize>blocks * stride
  let block = from
  if (state.optimizer == ADAM) {
    const alpha = f32x4.splat(<f32>((<f64>state.learningRate * Math.sqrt(1 - state.power2)) / (1 - state.power1)))
    const toMean = f32x4.splat(1 - state.momentum)
    const toSquares = f32x4.splat(<f32>(1 - BETA2))
    do {
      for (let at = block; at < block + parameters; at += VEC) {
        const g = flushTiny(v128.load(at + toGradient), least)
        const mean = v128.load(at + toVelocity)
        const square = v128.load(at + toSquare)
        const m = muladd(f32x4.sub(g, mean), toMean, mean)
        const s = f32x4.pmax(leastSquare, muladd(f32x4.sub(f32x4.mul(g, g), square), toSquares, square))
        v128.store(at + toVelocity, m)
        v128.store(at + toSquare, s)
        const keeps = at < block + weights ? decayed : one
        const step = f32x4.div(f32x4.mul(m, alpha), f32x4.add(f32x4.sqrt(s), epsilon))
        v128.store(at, f32x4.sub(f32x4.mul(v128.load(at), keeps), step))
      }
      block += stride
    } while (block < end)
  } else if (state.optimizer == RMSPROP) {
    const rho = f32x4.splat(RHO)
    const rest = f32x4.splat(1 - RHO)
    do {
      for (let at = block; at < block + parameters; at += VEC) {
        const g = flushTiny(v128.load(at + toGradient), least)
        const s = f32x4.pmax(leastSquare, muladd(rho, v128.load(at + toSquare), f32x4.mul(rest, f32x4.mul(g, g))))
        v128.store(at + toSquare, s)
        const keeps = at < block + weights ? decayed : one
        const step = f32x4.div(f32x4.mul(rate, g), f32x4.sqrt(f32x4.add(s, epsilon)))
        v128.store(at, f32x4.sub(f32x4.mul(v128.load(at), keeps), step))
      }
      block += stride
    } while (block < end)
  } else if (state.optimizer == MOMENTUM || state.optimizer == NESTEROV) {
    const isNesterov = state.optimizer == NESTEROV
    do {
      for (let at = block; at < block + parameters; at += VEC) {
        const step = f32x4.mul(v128.load(at + toGradient), rate)
        const velocity = muladd(v128.load(at + toVelocity), momentum, step)
        v128.store(at + toVelocity, velocity)
        const keeps = at < block + weights ? decayed : one
        const far = isNesterov ? muladd(velocity, momentum, step) : velocity
        v128.store(at, f32x4.sub(f32x4.mul(v128.load(at), keeps), far))
      }
      block += stride
    } while (block < end)
  } else unreachable()
}

/** A gradient, or 0 if its square would be a subnormal number. */
@inline
function flushTiny(gradient: v128, least: v128): v128 {
  return v128.and(gradient, f32x4.ge(f32x4.abs(gradient), least))
}

/** Derives the output layer's differences from class 0, and the sums over the classes. */
export function setDifferences(state: State): void {
  const columns = columnsOf(state)
  const blocks = lastBlocks(state)
  for (let block = 0; block < blocks; block++) {
    const from = state.columns + <usize>block * state.columnsStride
    const to = state.output + <usize>block * state.outputStride
    const first = v128.load(from)
    let sum = first
    for (let column = 0; column < columns; column++) {
      const weight = v128.load(from + <usize>(column + 1) * VEC)
      v128.store(to + <usize>column * VEC, f32x4.sub(weight, first))
      sum = f32x4.add(sum, weight)
    }
    v128.store(state.outputSums + <usize>block * VEC, sum)
  }
  const first = load<f32>(state.biasColumns)
  let sum = first
  for (let column = 0; column < columns; column++) {
    const bias = load<f32>(state.biasColumns + <usize>(column + 1) * F32)
    store<f32>(state.outputBiases + <usize>column * F32, bias - first)
    sum += bias
  }
  store<f32>(state.outputSums + <usize>blocks * VEC, sum)
}
