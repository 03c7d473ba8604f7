/**
 * Averages of the parameters (EMA and SWA), which are evaluated in place of the parameters while training continues
 * with the latter. They have the same memory layout as the parameters.
 */
import { lastBlocks } from './forward'
import { layerOf, State } from './state'
import { muladd, VEC } from './vector'

/** Codes of the setting `averaging`; 0 is none. */
export const OF_UPDATES = 1
const OF_EPOCHS = 2

/** Whether a code belongs to an average that the kernel implements. */
export function isAveraging(code: i32): bool {
  return code >= 0 && code <= OF_EPOCHS
}

/** The step of the moving average at each update: 1 − 0.99, as in Keras's `ema_momentum`. */
const SHARE: f32 = 0.01

/** Updates the average after an update. The first average is the parameters themselves. */
@inline
export function averageUpdate(state: State): void {
  if (state.averaging == OF_UPDATES) average(state, state.update == 1 ? 1 : SHARE)
}

/** Updates the average after an epoch, counted from 0. All averaged epochs have equal weights. */
export function averageEpoch(state: State, epoch: i32): void {
  if (state.averaging == OF_EPOCHS && epoch >= state.averageFrom) average(state, 1 / <f32>(epoch - state.averageFrom + 1))
}

/** Whether there is an average yet. */
export function hasAverage(state: State): bool {
  return (state.averaging == OF_UPDATES && state.update > 0) || (state.averaging == OF_EPOCHS && state.epoch >= state.averageFrom + 1)
}

/** Moves the average toward the parameters by a fraction of the way. */
function average(state: State, share: f32): void {
  const to = state.averages - state.learned
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    averageBlocks(layer.parameters, layer.blocks, layer.stride, layer.stride / 2, to, share)
  }
  averageBlocks(state.output, lastBlocks(state), state.outputStride, state.outputStride / 2, to, share)
  averageBlocks(state.outputBiases, 1, 0, state.parametersEnd - state.outputBiases, to, share)
}

/** Moves the average of blocks, of which the first bytes are parameters. */
function averageBlocks(from: usize, blocks: i32, stride: usize, bytes: usize, to: usize, share: f32): void {
  const by = f32x4.splat(share)
  for (let block = 0; block < blocks; block++) {
    const end = from + bytes
    for (let at = from; at < end; at += VEC) {
      const mean = v128.load(at + to)
      v128.store(at + to, muladd(by, f32x4.sub(v128.load(at), mean), mean))
    }
    from += stride
  }
}

/** Swaps the average, if there is one, with the parameters. The next call swaps them back. */
export function swapAverages(state: State): void {
  if (!hasAverage(state)) return
  const to = state.averages - state.learned
  // Velocities are swapped as well, since nothing reads them in between.
  for (let at = state.learned; at < state.parametersEnd; at += VEC) {
    const kept = v128.load(at)
    v128.store(at, v128.load(at + to))
    v128.store(at + to, kept)
  }
}
