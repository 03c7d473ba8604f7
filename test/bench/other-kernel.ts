/** Another kernel to compare with, as a file that is not in the repository: 2-50-3, ReLU, on the tutorial's data. */
import { readFileSync } from 'node:fs'

import type { Rows, Split } from '#datasets/split.ts'
import type { Layer } from '#training/initializers.ts'

/** What the module exports; addresses come from `ptr(array, layer)`. */
interface Exports {
  memory: WebAssembly.Memory
  setup: (...settings: number[]) => number
  ptr: (array: number, layer: number) => number
  prepare: (seed: bigint) => void
  epochs: (flags: number, count: number) => void
}

const base = 65536

/** Trains some epochs each time that it is called. */
export function otherKernel(file: string, { train, test }: Split, [hidden, output]: Layer[], batchRows: number) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), { env: { abort: () => {} } })
  const kernel = exports as unknown as Exports
  const { buffer } = kernel.memory
  const units = hidden!.biases.length
  const padded = (units + 3) & ~3
  new Int32Array(buffer, base, 3).set([2, units, 3])
  kernel.setup(base + 64, base, 2, train.count, test.count, batchRows, 0, 0.01, 0.9)
  const floats = (array: number, layer: number, count: number) =>
    new Float32Array(buffer, kernel.ptr(array, layer) >>> 0, count)
  const setRows = (rows: Rows, inputs: number, labels: number) => {
    floats(inputs, 0, 2 * rows.count).set(rows.inputs)
    new Int32Array(buffer, kernel.ptr(labels, 0) >>> 0, rows.count).set(rows.labels)
  }
  setRows(train, 8, 9)
  setRows(test, 10, 11)
  const w1 = floats(2, 0, 2 * padded).fill(0)
  const w2 = floats(2, 1, 3 * padded).fill(0)
  hidden!.weights.forEach((weight, index) => (w1[Math.floor(index / units) * padded + (index % units)] = weight))
  output!.weights.forEach((weight, index) => (w2[(index % 3) * padded + Math.floor(index / 3)] = weight))
  kernel.prepare(7n)
  return (epochs: number) => kernel.epochs(3, epochs)
}
