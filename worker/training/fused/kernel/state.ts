/**
 * The memory of one training: where everything is. It is one piece of linear memory that the host gives, so it can be a
 * tensor of TensorFlow.js; and nothing of a training is kept anywhere else, so trainings can take turns.
 *
 * Dimension letters, here and in every file:
 *   R = rows of a split      B = rows of a batch      C = classes      D = C − 1 columns of logits (see `score.ts`)
 *   I = inputs of a layer    O = units of a layer
 * A block is four units of a layer, side by side in a vector. The last one may be padded: those units stay 0.
 *
 *   hidden layer        [O/4 blocks][ I weights, bias; their I + 1 velocities ][4]
 *   output layer        [I/4 blocks][ D weights; their D velocities ][4], and apart [ D biases; their D velocities ]
 *   activity, deltas    [O/4 blocks][B][4]
 *   rows                [R][ x, y, D deltas ], padded to whole vectors: a row's inputs, and what it teaches
 *   groups              [R/8][ x, y ][8]: the inputs again, rows in lanes
 *   logits              [B/4][D][4], rows in lanes
 *   history             [6 metrics][epochs], as in the numbers of an experiment
 *   averages            all of the above but activity and deltas again, from `learned` on: see `average.ts`
 *   gradients           the hidden layers' memory again: gradients where the parameters are, and means of their squares
 *                       where the velocities are; for the output layer see `optimizer.ts`
 */
import { CONSTANTS } from './math'
import { Settings } from './settings'
import { F32, VEC } from './vector'

/** The inputs of the network: datasets lie in a plane. */
export const INPUTS = 2
/** Rows that are looked at together where they are no batch: their activity stays in the nearest cache. */
export const CHUNK = 32
/** Metrics of an epoch. */
const METRICS = 6
/** Most hidden layers. */
const LAYERS = 3
/** Most changes of a schedule, and the value before them. */
const VALUES = 9
/** Bytes of one: the epoch from which on it holds, and the value. */
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
  /** The loss's derivatives by what the units sum up. */
  deltas: usize
}

/** A training: its settings first, then how far it is, and the addresses of its arrays. */
@unmanaged
export class State extends Settings {
  /** Hidden layers that are there. */
  hiddenLayers: i32
  /** Rows of a batch in this epoch. */
  batchRows: i32
  /** See `keepsGradients`. */
  keepsGradients: i32
  /** Values of the learning rate and of the batch's rows. */
  rates: i32
  sizes: i32

  // Where it stands
  /** The learning rate of the next update, and what the deltas are multiplied by: it, or 1 where an optimizer does it. */
  learningRate: f32
  deltaRate: f32
  /** Updates that are made, and whether something is to be done between those of this epoch. */
  update: i32
  isBusyBetween: i32
  /** Adam's powers: β₁ᵗ and β₂ᵗ. */
  power1: f64
  power2: f64
  epoch: i32
  /** Rows of the epoch that are used up. */
  row: i32
  /** How many there are in an epoch, and what the sum of a step's gradients is divided by. */
  usedRows: i32
  divisor: i32
  diverged: i32
  /** At full batch: the training rows are scored with the current parameters, and their deltas are there. */
  isScored: i32
  /** Rows predicted right and the sum of their losses, of the rows scored so far: see `score.ts`. */
  hits: i32
  pending: i32
  loss: f64
  /** At full batch: those of the training rows, which the next epoch runs on. */
  runningHits: i32
  runningLoss: f64
  /** PCG32 */
  random: u64
  increment: u64

  // Addresses
  layers: usize
  /** [values][2]: an epoch, and the learning rate or the batch's rows from then on. */
  rateValues: usize
  sizeValues: usize
  constants: usize
  /** What changes beside the fields above, from `learned` to `learnedEnd`. */
  learned: usize
  output: usize
  outputStride: usize
  outputBiases: usize
  /** Sums over the classes of each unit's outgoing weights [I/4][4], and of the biases: what the gauge leaves out. */
  outputSums: usize
  parametersEnd: usize
  averages: usize
  gradients: usize
  /** All columns of the output layer [I/4][C weights; velocities; gradients; squares][4], and its biases as well. */
  columns: usize
  columnsStride: usize
  biasColumns: usize
  order: usize
  /** Product of the pending sums, gaps, hits: four lanes each. */
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
  /** Gradients of the output layer's biases [D][4], their lanes not yet summed; and room for D vectors more. */
  biasGradients: usize
  /** The inputs as the activity of a layer, where there is no hidden one. */
  inputActivity: usize
  /** [units][4], and where the second part of it begins: see `shallow.ts`. */
  table: usize
  tableMiddle: usize
  /** Bytes from one row to the next, and from one block's activity to the next. */
  rowStride: usize
  activityStride: usize
}

/** Columns of logits, of classes 1 to C − 1. */
@inline
export function columnsOf(state: State): i32 {
  return state.classes - 1
}

/**
 * Whether a step computes all gradients first and then updates every parameter, with all columns of the output layer.
 * Plain gradient descent with momentum does not: it updates each block as soon as its gradient is there.
 */
@inline
export function keepsGradients(state: State): bool {
  return state.keepsGradients != 0
}

/** Whether a step is of all training rows, each once. */
@inline
export function isFull(state: State): bool {
  return state.batchRows >= state.trainRows && !state.replaces
}

/** The hidden layer `index`, counted from 0. */
@inline
export function layerOf(state: State, index: i32): Layer {
  return changetype<Layer>(state.layers + <usize>index * offsetof<Layer>())
}

/** Blocks of four that hold `n`. */
@inline
export function blocksOf(n: i32): i32 {
  return (n + 3) >> 2
}

/** Where the next array goes, while memory is laid out. */
let free: usize = 0

/** Room for an array, from a new cache line on. */
function take(bytes: usize): usize {
  const at = free
  free = (at + bytes + 63) & ~63
  return at
}

/**
 * Lays out the memory of a training whose settings are set. Writes the addresses in the state and its layers, and
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
  state.rowStride = <usize>blocksOf(INPUTS + columns) * VEC
  // A cache line more than the batch needs, so that blocks do not compete for the same sets of the cache.
  state.activityStride = <usize>batch * VEC + 64

  state.learned = free
  let inputs = INPUTS
  let blocks = 1
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
  state.trainGroups = take(<usize>(state.trainRows + CHUNK) * <usize>INPUTS * F32)
  state.test = takeRows(state, state.testRows)
  state.testLabels = take(<usize>(state.testRows + CHUNK) * F32)
  state.testGroups = take(<usize>(state.testRows + CHUNK) * <usize>INPUTS * F32)
  state.batch = takeRows(state, state.trainRows)
  state.batchLabels = take(<usize>(state.trainRows + CHUNK) * F32)
  state.logits = take(<usize>(max(state.trainRows, state.testRows) + CHUNK) * <usize>columns * F32)
  state.biasGradients = take(<usize>(2 * columns) * VEC)
  state.inputActivity = take(state.activityStride)
  state.table = take(<usize>(blocks * 4) * VEC)
  for (let index = 0; index < state.hiddenLayers; index++) {
    const layer = layerOf(state, index)
    layer.activity = take(<usize>layer.blocks * state.activityStride)
    layer.deltas = take(<usize>layer.blocks * state.activityStride)
  }
  return free
}

/** Room for rows, and for those that are read behind the last when rows are taken four at a time. */
function takeRows(state: State, rows: i32): usize {
  return take(<usize>(rows + CHUNK) * state.rowStride)
}
