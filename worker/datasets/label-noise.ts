/** Label noise: replaces a share of the training labels by other classes. */
import type { DatasetSpec } from './generator.ts'
import { RandomState } from './numpy-random.ts'
import { inOrder } from './points.ts'

/**
 * Replaces labels of training examples in place, and returns them with the rows that have changed. In NumPy, with
 * `R = RandomState((datasetSeed + 1) % 2**32)` and n training examples:
 *
 *   flip = R.random_sample(n) < labelNoise
 *   shift = R.randint(1, classes, n)
 *   labels = where(flip, (labels + shift) % classes, labels)
 *
 * The test labels, which follow in `labels`, stay.
 */
export function mislabel(
  { datasetSeed, labelNoise, classes }: Pick<DatasetSpec, 'datasetSeed' | 'labelNoise' | 'classes'>,
  labels: Uint8Array<ArrayBuffer>,
  trainExamples: number,
): { labels: Uint8Array<ArrayBuffer>; mislabeled: Uint32Array<ArrayBuffer> } {
  const random = new RandomState((datasetSeed + 1) % 2 ** 32)
  const isFlipped = Array.from({ length: trainExamples }, () => random.random() < labelNoise)
  isFlipped.forEach((flips, row) => {
    // The shift is drawn for every row, so that a larger share changes the same rows to the same classes.
    const shift = 1 + random.upTo(classes - 2)
    if (flips) labels[row] = (labels[row]! + shift) % classes
  })
  return { labels, mislabeled: inOrder(trainExamples).filter((row) => isFlipped[row]) }
}
