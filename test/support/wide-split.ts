/** Splits with any number of features, for engines that take them beside a spec: noise around a center of each class. */
import fc from 'fast-check'

import type { Rows, Split } from '#datasets/split.ts'
import { trainRows, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { Random } from '#training/random.ts'

/** Widths around the kernel's blocks of four inputs, and those of the tables: 4, 30 and 64. */
export const widths = [1, 3, 4, 5, 7, 30, 64] as const
export const anyWidth = fc.constantFrom(...widths)

/** A split with as many rows and classes as a spec says, whose inputs [features] have about unit variance. */
export function wideSplit(spec: ExperimentSpec, features: number): Split {
  const random = new Random(spec.datasetSeed, 'order')
  const between = () => 2 * random.unit() - 1
  const centers = Array.from({ length: spec.classes * features }, between)
  const rows = (count: number): Rows => {
    const labels = Uint8Array.from({ length: count }, () => random.below(spec.classes))
    const inputs = new Float32Array(count * features)
    inputs.forEach((_, at) => {
      const center = centers[labels[Math.floor(at / features)]! * features + (at % features)]!
      inputs[at] = 1.2 * center + 1.5 * between()
    })
    return { count, features, inputs, labels }
  }
  const train = rows(trainRows(spec))
  return { train, test: rows(spec.examples - train.count) }
}
