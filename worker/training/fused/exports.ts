/**
 * The TypeScript types of the kernel's WebAssembly exports, and its instantiation. `kernel/index.ts` documents each
 * function. Addresses and sizes are in bytes.
 */
/** The exports of the kernel. The first argument of every function is the address of a training's memory. */
export interface KernelExports {
  /** Sets up a training whose settings have been written at its address; returns the bytes that it needs. */
  create: (at: number) => number
  settingsBytes: () => number
  addRate: (at: number, epoch: number, rate: number) => void
  addBatchRows: (at: number, epoch: number, rows: number) => void
  begin: (at: number, random: bigint, increment: bigint) => void
  setRows: (at: number, split: number, row: number, count: number, inputs: number, labels: number) => void
  writeParameters: (at: number, from: number) => void
  readParameters: (at: number, to: number) => void
  advance: (at: number, steps: number) => number
  epochs: (at: number) => number
  history: (at: number) => number
  order: (at: number) => number
  snapshotBytes: (at: number) => number
  takeSnapshot: (at: number, to: number) => void
  restoreSnapshot: (at: number, from: number) => void
  predict: (at: number, from: number, classes: number, confidences: number, count: number) => void
  measureGradients: (at: number, to: number) => void
}

/**
 * The most bytes that the settings and `create` write: enough memory to ask `create` how many bytes a training needs.
 */
export const createBytes = 1024

/** Instantiates the kernel on a given memory. */
export function instantiateKernel(module: WebAssembly.Module, memory: WebAssembly.Memory): KernelExports {
  const abort = () => {
    throw new Error('the kernel aborted')
  }
  return new WebAssembly.Instance(module, { env: { memory, abort } }).exports as unknown as KernelExports
}
