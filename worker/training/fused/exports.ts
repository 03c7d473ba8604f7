/**
 * The kernel's module as TypeScript sees it; `kernel/index.ts` says what each function does. Addresses and sizes are in
 * bytes.
 */
import type { Activation, ExperimentSpec } from '#experiment/spec.ts'

/** What the kernel exports. Every function begins with the address of a training's memory. */
export interface KernelExports {
  create: (
    at: number,
    ...settings: [
      units1: number,
      units2: number,
      units3: number,
      classes: number,
      activation: number,
      trainRows: number,
      testRows: number,
      mostBatchRows: number,
      epochs: number,
      shuffles: number,
      lastBatch: number,
      replaces: number,
      momentum: number,
      optimizer: number,
      weightDecay: number,
      averaging: number,
      averageFrom: number,
    ]
  ) => number
  setCurve: (at: number, curve: number, warmupUpdates: number, updates: number) => void
  addRate: (at: number, epoch: number, rate: number) => void
  addBatchRows: (at: number, epoch: number, rows: number) => void
  begin: (at: number, random: bigint, increment: bigint) => void
  setRow: (at: number, split: number, row: number, x: number, y: number, label: number) => void
  writeParameters: (at: number, from: number) => void
  readParameters: (at: number, to: number) => void
  advance: (at: number, steps: number) => number
  epochs: (at: number) => number
  history: (at: number) => number
  order: (at: number) => number
  snapshotBytes: (at: number) => number
  takeSnapshot: (at: number, to: number) => void
  restoreSnapshot: (at: number, from: number) => void
  predict: (at: number, from: number, to: number, count: number) => void
  measureGradients: (at: number, to: number) => void
}

/** What the kernel calls the activations: `kernel/math.ts`. */
export const activationCodes: Record<Activation, number> = { relu: 0, tanh: 1, sigmoid: 2 }

/** What it calls the optimizers: `kernel/optimizer.ts`; and the averages: `kernel/average.ts`. */
export const optimizerCodes: Record<ExperimentSpec['optimizer'], number> = { sgd: 0, nesterov: 1, rmsprop: 2, adam: 3 }
export const averagingCodes: Record<ExperimentSpec['averaging'], number> = { none: 0, ema: 1, swa: 2 }
/** What it calls what becomes of the last batch: `kernel/schedule.ts`. */
export const lastBatchCodes: Record<ExperimentSpec['lastBatch'], number> = { kept: 0, scaled: 1, dropped: 2 }
/** What it calls the curves of the learning rate; changes are none. */
export const curveCodes: Readonly<Record<string, number>> = { linear: 1, cosine: 2 }

/** The bytes that `create` writes at most: room to ask it how many a training needs. */
export const createBytes = 1024

/** The kernel, working on a memory that is given. */
export function instantiateKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  const abort = () => {
    throw new Error('the kernel aborted')
  }
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as KernelExports
}
