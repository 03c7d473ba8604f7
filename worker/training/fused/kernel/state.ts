/**
 * The memory layout of one training: its settings, progress and the addresses of its arrays. All of it is one piece of
 * linear memory that the host provides, so it can be a TensorFlow.js tensor, and nothing of a training is stored
 * anywhere else, so trainings can take turns.
 *
 * Dimension letters, here and in every file:
 *   R = rows of a split      B = rows of a batch      C = classes      D = C − 1 columns of logits (see `score.ts`)
 *   F = features of a row    I = inputs of a layer    O = units of a layer
 * A block is four units of a layer in the lanes of a vector. The last block may be padded with units that stay 0.
 *
 *   hidden layer        [O/4 blocks][ I weights, bias; their I + 1 velocities ][4]
 *   output layer        [I/4 blocks][ D weights; their D velocities ][4], and apart [ D biases; their D velocities ]
 *   activity, deltas    [O/4 blocks][B][4]
 *   rows                [R][ F features, D deltas ], padded to whole vectors: the inputs of a row and its deltas
 *   groups              [R/8][ x, y ][8]: a copy of the inputs with rows in lanes, if there are two features
 *   logits              [B/4][D][4], rows in lanes
 *   history             [6 metrics][epochs], as in the numbers of an experiment
 *   averages            a copy of the parameters and velocities from `learned` on; see `average.ts`
 *   gradients           in the layout of the hidden layers: gradients in place of the parameters, and means of their
 *                       squares in place of the velocities; for the output layer see `optimizer.ts`
 */
import { CONSTANTS } from './math'
import { Settings } from './settings'
import { F32, VEC } from './vector'

/** The number of rows processed together outside of a batch: their activations stay in the L1 cache. */
export const CHUNK = 32
/** The most inputs of the network. */
export const MOST_INPUTS = 64
/** The number of metrics per epoch. */
const METRICS = 6
/** The most hidden layers. */
const LAYERS = 3
/** The most values of a schedule: eight changes and the value before them. */
const VALUES = 9
/** Bytes of one change: the epoch from which it holds, and the value. */
export const CHANGE: usize = 8

/** A hidden layer. */
@unmanaged
export class Layer {
  inputs: i32
  units: i32
  blocks: i32
  /** Bytes from one block's parameters to the next's. */
  stride: usize
  parameters: usize
  activity: usize
  /** The derivatives of the loss with respect to the units' weighted sums. */
  deltas: usize
}

/** A training: its settings first, then its progress and the addresses of its arrays. */
@unmanaged
export class State extends Settings {
  /** The number of hidden layers. */
  hiddenLayers: i32
  /** The batch size in this epoch. */
  batchRows: i32
  /** See `keepsGradients`. */
  keepsGradients: i32
  /** The number of scheduled values of the learning rate and of the batch size. */
  rates: i32
  sizes: i32

  // Progress
  /**
   * The learning rate of the next update, and the factor of the deltas: the learning rate, or 1 if an optimizer applies
   * it.
   */
  learningRate: f32
  deltaRate: f32
  /** The number of updates made, and whether something must be done between the updates of this epoch. */
  update: i32
  isBusyBetween: i32
  /** Adam's powers: β₁ᵗ and β₂ᵗ. */
  power1: f64
  power2: f64
  epoch: i32
  /** Rows of the epoch that have been used. */
  row: i32
  /** The rows used in an epoch, and the divisor of the sum of a batch's gradients. */
  usedRows: i32
  divisor: i32
  diverged: i32
  /**
   * At full batch: whether the training rows have been scored with the current parameters, and their deltas are known.
   */
  isScored: i32
  /** The number of correctly classified rows and the sum of losses of the rows scored so far; see `score.ts`. */
  hits: i32
  pending: i32
  loss: f64
  /** At full batch: the same for all training rows, which are the running metrics of the next epoch. */
  runningHits: i32
  runningLoss: f64
  /** PCG32 */
  random: u64
  increment: u64

  // Addresses
  layers: usize
  /** [values][2]: an epoch, and the learning rate or batch size from then on. */
  rateValues: usize
  sizeValues: usize
  constants: usize
  /** Everything else that changes during training, from `learned` to `learnedEnd`. */
  learned: usize
  output: usize
  outputStride: usize
  outputBiases: usize
  /**
   * The sums over the classes of each unit's outgoing weights [I/4][4], and of the biases, which the gauge leaves out.
   */
  outputSums: usize
  parametersEnd: usize
  averages: usize
  gradients: usize
  /** All columns of the output layer [I/4][C weights; velocities; gradients; squares][4], and likewise its biases. */
  columns: usize
  columnsStride: usize
  biasColumns: usize
  order: usize
  /** The product of the pending sums, the gaps and the hits, in four lanes each. */
  score: usize
  learnedEnd: usize
  history: usize
  train: usize
  trainLabels: usize
  trainGroups: usize
  test: usize
  testLabels: usize
  testGroups: usize
  batch: usize
  batchLabels: usize
  logits: usize
  /**
   * Gradients of the output layer's biases [D][4], whose lanes are not summed yet, followed by scratch memory of 2 D
   * vectors.
   */
  biasGradients: usize
  /** The inputs in the layout of a layer's activations [F/4][B][4], used if there is no hidden layer. */
  inputActivity: usize
  /** [units][4], and the address of its second part; see `shallow.ts`. */
  table: usize
  tableMiddle: usize
  /** Bytes from one row to the next, from a row to its deltas, and from one block's activations to the next. */
  rowStride: usize
  toDeltas: usize
  activityStride: usize
}

/** The number of columns of logits: those of classes 1 to C − 1. */
@inline
export function columnsOf(state: State): i32 {
  return state.classes - 1
}

/**
 * Whether an update first computes all gradients and then updates every parameter, with all columns of the output
 * layer. Plain gradient descent with momentum does not: it updates each block as soon as its gradient is known.
 */
@inline
export function keepsGradients(state: State): bool {
  return state.keepsGradients != 0
}

/** Whether rows are points of a plane, for which there are paths of their own. */
@inline
export function isPlane(state: State): bool {
  return state.inputs == 2
}

/** Whether a batch contains all training rows, each once. */
@inline
export function isFull(state: State): bool {
  return state.batchRows >= state.trainRows && !state.replaces
}

/** The hidden layer `index`, counted from 0. */
@inline
export function layerOf(state: State, index: i32): Layer {
  return changetype<Layer>(state.layers + <usize>index * offsetof<Layer>())
}

/** The number of blocks of four that hold `n`. */
@inline
export function blocksOf(n: i32): i32 {
  return (n + 3) >> 2
}

/** The address of the next array while memory is laid out. */
let free: usize = 0

/** Allocates an array, aligned to a cache line. */
function take(bytes: usize): usize {
  const at = free
  free = (at + bytes + 63) & ~63
  return at
}

/**
 * Lays out the memory of a training whose settings are set. Writes the addresses to the state and its layers, and
 * nothing behind them.
 *
 * @returns the address behind the last array
 */
export function layOut(state: State): usize {
  const columns = columnsOf(state)
  const batch = max(blocksOf(state.mostBatchRows) * 4, CHUNK)
  free = changetype<usize>(state)
  take(offsetof<State>())
  state.layers = take(<usize>LAYERS * offsetof<Layer>())
  state.rateValues = take(<usize>VALUES * CHANGE)
  state.sizeValues = take(<usize>VALUES * CHANGE)
  state.constants = take(CONSTANTS * VEC)
  state.rowStride = <usize>blocksOf(state.inputs + columns) * VEC
  state.toDeltas = <usize>state.inputs * F32
  // One cache line more than the batch needs, so that blocks do not compete for the same cache sets.
  state.activityStride = <usize>batch * VEC + 64

  state.learned = free
  let inputs = state.inputs
  let blocks = blocksOf(inputs)
  for (let index = 0; index < LAYERS; index++) {
    const units = index == 0 ? state.hiddenUnits1 : index == 1 ? state.hiddenUnits2 : state.hiddenUnits3
    if (units == 0) break
    const layer = layerOf(state, index)
    state.hiddenLayers = index + 1
    blocks = blocksOf(units)
    layer.inputs = inputs
    layer.units = units
    layer.blocks = blocks
    layer.stride = <usize>(2 * (inputs + 1)) * VEC
    layer.parameters = take(<usize>blocks * layer.stride)
    inputs = 4 * blocks
  }
  state.outputStride = <usize>(2 * columns) * VEC
  state.output = take(<usize>blocks * state.outputStride)
  state.outputBiases = take(<usize>(2 * columns) * F32)
  state.outputSums = take(<usize>blocks * VEC + F32)
  state.parametersEnd = free
  if (state.averaging) state.averages = take(free - state.learned)
  if (keepsGradients(state)) {
    state.gradients = take(state.output - state.learned)
    state.columnsStride = <usize>(4 * state.classes) * VEC
    state.columns = take(<usize>blocks * state.columnsStride)
    state.biasColumns = take(<usize>(4 * blocksOf(state.classes)) * VEC)
  }
  state.order = take(<usize>state.trainRows * F32)
  state.score = take(3 * VEC)
  state.learnedEnd = free

  state.history = take(<usize>(METRICS * state.epochs) * F32)
  state.train = takeRows(state, state.trainRows)
  state.trainLabels = take(<usize>(state.trainRows + CHUNK) * F32)
  state.trainGroups = takeGroups(state, state.trainRows)
  state.test = takeRows(state, state.testRows)
  state.testLabels = take(<usize>(state.testRows + CHUNK) * F32)
  state.testGroups = takeGroups(state, state.testRows)
  state.batch = takeRows(state, state.trainRows)
  state.batchLabels = take(<usize>(state.trainRows + CHUNK) * F32)
  state.logits = take(<usize>(max(state.trainRows, state.testRows) + CHUNK) * <usize>columns * F32)
  state.biasGradients = take(<usize>(3 * columns) * VEC)
  if (state.hiddenLayers == 0) state.inputActivity = take(<usize>blocks * state.activityStride)
  state.table = take(<usize>(blocks * 4) * VEC)
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    layer.activity = take(<usize>layer.blocks * state.activityStride)
    layer.deltas = take(<usize>layer.blocks * state.activityStride)
  }
  return free
}

/** Allocates the groups of a split whose rows are points of a plane. */
function takeGroups(state: State, rows: i32): usize {
  return isPlane(state) ? take(<usize>(rows + CHUNK) * <usize>(2 * F32)) : 0
}

/** Allocates rows, and those that are read behind the last one when rows are processed four at a time. */
function takeRows(state: State, rows: i32): usize {
  return take(<usize>(rows + CHUNK) * state.rowStride)
}
