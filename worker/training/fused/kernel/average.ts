/**
 * The average of the parameters: what is evaluated in their place, while they go on without it. It has their memory's
 * layout.
 */
import { lastBlocks } from './forward'
import { layerOf, State } from './state'
import { muladd, VEC } from './vector'

/** Codes of the setting `averaging`: 0 is none. */
export const OF_UPDATES = 1
const OF_EPOCHS = 2

/** Whether the kernel has the average of a code. */
export function isAveraging(code: i32): bool {
  return code >= 0 && code <= OF_EPOCHS
}

/** What is kept of the average of all updates at each of them: 0.99. */
const SHARE: f32 = 0.01

/** After an update. The first average are the parameters themselves. */
@inline
export function averageUpdate(state: State): void {
  if (state.averaging == OF_UPDATES) average(state, state.update == 1 ? 1 : SHARE)
}

/** After an epoch, counted from 0: all of those that count weigh the same. */
export function averageEpoch(state: State, epoch: i32): void {
  if (state.averaging == OF_EPOCHS && epoch >= state.averageFrom) average(state, 1 / <f32>(epoch - state.averageFrom + 1))
}

/** Whether there is an average. */
export function hasAverage(state: State): bool {
  return (state.averaging == OF_UPDATES && state.update > 0) || (state.averaging == OF_EPOCHS && state.epoch >= state.averageFrom + 1)
}

/** Moves the average toward the parameters by a share of the way. */
function average(state: State, share: f32): void {
  const to = state.averages - state.learned
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    averageBlocks(layer.parameters, layer.blocks, layer.stride, layer.stride / 2, to, share)
  }
  averageBlocks(state.output, lastBlocks(state), state.outputStride, state.outputStride / 2, to, share)
  averageBlocks(state.outputBiases, 1, 0, state.parametersEnd - state.outputBiases, to, share)
}

/** The same of blocks, of which the first bytes are parameters. */
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

/** Puts the average, where there is one, in the place of the parameters; and the next time back again. */
export function swapAverages(state: State): void {
  if (!hasAverage(state)) return
  const to = state.averages - state.learned
  // Velocities go along: nothing looks at them meanwhile.
  for (let at = state.learned; at < state.parametersEnd; at += VEC) {
    const kept = v128.load(at)
    v128.store(at, v128.load(at + to))
    v128.store(at + to, kept)
  }
}
