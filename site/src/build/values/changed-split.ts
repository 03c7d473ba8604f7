/** Splits whose training examples are changed in a way that no field of a spec has: their order, or how many of a class. */
import type { Rows, Split } from '#datasets/split.ts'
import { pickRows } from '#training/fused/gradients.ts'

const indices = ({ count }: Rows) => Array.from({ length: count }, (_, row) => row)

/** The training examples sorted by class, as a file often has them; within a class they keep their order. */
export function sortedByClass({ train, test }: Split): Split {
  const order = indices(train).toSorted((a, b) => train.labels[a]! - train.labels[b]! || a - b)
  return { train: pickRows(train, Uint32Array.from(order)), test }
}

/** The class that `withRareClass` thins out, and how many of its examples are there for each that is kept. */
export const rareClass = 0
export const rarity = 10

/** The training examples with only every tenth one of class 0; the test examples are as they were. */
export function withRareClass({ train, test }: Split): Split {
  let seen = 0
  const kept = indices(train).filter((row) => train.labels[row] !== rareClass || seen++ % rarity === 0)
  return { train: pickRows(train, Uint32Array.from(kept)), test }
}
