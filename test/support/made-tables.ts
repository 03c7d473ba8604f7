/** Made-up tables with many features, and predictions for them, for charts of data that do not lie in a plane. */
import type { LabeledExamples } from '#charts/axes/labeled-examples.ts'
import type { ChartName, Drawing } from '#charts/drawing.tsx'
import type { Churn } from '#experiment/result/churn.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from './drawings.ts'

/** Whole numbers that look random and are the same everywhere: 0 to 1 in steps of 1/997. */
const scattered = (index: number) => ((index * index * 37 + index * 101 + 13) % 997) / 997

interface Table {
  classNames: string[]
  featureNames: string[]
  examples: number
  trainExamples: number
  valueAt: (row: number, feature: number, label: number) => number
}

/** A table whose scaled inputs are the values between 0 and 1 that `valueAt` has in its own units. */
function tableOf({ classNames, featureNames, examples, trainExamples, valueAt }: Table): LabeledExamples {
  const labels = Array.from({ length: examples }, (_, row) => Math.floor(scattered(row) * classNames.length))
  const points = labels.map((label, row) => featureNames.map((_, feature) => valueAt(row, feature, label)))
  const inputs = points.map((point) =>
    point.map((value, feature) => {
      const column = points.map((one) => one[feature]!)
      const [low, high] = [Math.min(...column), Math.max(...column)]
      return high > low ? (4 * (value - low)) / (high - low) - 2 : 0
    }),
  )
  return { points, labels, trainExamples, featureNames, classNames, inputs }
}

/** Days with four measurements in five classes, as weather stations have them. */
export const days = tableOf({
  classNames: ['drizzle', 'fog', 'rain', 'snow', 'sun'],
  featureNames: ['precipitation', 'temp_max', 'temp_min', 'wind'],
  examples: 200,
  trainExamples: 120,
  valueAt(row, feature, label) {
    const chance = scattered(row * 7 + feature * 31) + scattered(row * 3 + feature * 17) - 1
    const value = [10 - 2 * label, 8 + 4 * label, 3 + 2 * label, 5 - 0.5 * label][feature]! + 4 * chance
    return Math.max(0, Math.round(10 * value) / 10)
  },
})

/** Pictures of 8 by 8 gray levels in ten classes: strokes whose place depends on the class. */
export const pictures = tableOf({
  classNames: Array.from({ length: 10 }, (_, label) => String(label)),
  featureNames: Array.from({ length: 64 }, (_, pixel) => `pixel_${Math.floor(pixel / 8)}_${pixel % 8}`),
  examples: 120,
  trainExamples: 60,
  valueAt(row, feature, label) {
    const [y, x] = [Math.floor(feature / 8), feature % 8]
    const isStroke = x === (label % 5) + 1 || y === Math.floor(label / 2) + 1
    const level = isStroke ? 11 + 8 * scattered(row * 64 + feature) : 6 * scattered(row * 64 + feature) - 3
    return x === 0 || x === 7 ? 0 : Math.max(0, Math.min(16, Math.round(level)))
  },
})

/** A few long names in two classes. */
export const longNames = tableOf({
  classNames: ['Iris-versicolor of the northern meadow', 'Iris-virginica of the northern meadow'],
  featureNames: [
    'length of the sepals without their stalk',
    'width_of_the_sepals',
    'length of petals',
    'width',
    'area',
  ],
  examples: 60,
  trainExamples: 30,
  valueAt: (row, feature, label) => Number((1000 * scattered(row * 5 + feature) + 300 * label).toPrecision(5)),
})

/**
 * Predictions for the test examples of a table over 20 epochs: of every six examples one changes its class, some more
 * often than others, and of every five another one is always wrong.
 */
export function madeChurn({ labels, trainExamples, classNames = [] }: LabeledExamples): Churn {
  const truth = labels.slice(trainExamples)
  const classes = classNames.length
  const sequences = truth.map((label, example) =>
    Array.from({ length: 21 }, (_, epoch) => {
      const period = 2 + (example % 7)
      const other = (label + 1 + (Math.floor(epoch / period) % Math.min(3, classes - 1))) % classes
      if (example % 6 === 0) return Math.floor(epoch / period) % 2 === 0 ? label : other
      return example % 5 === 1 ? (label + 1) % classes : label
    }),
  )
  const changes = sequences.map(
    (sequence) => sequence.filter((label, epoch) => epoch > 0 && label !== sequence[epoch - 1]).length,
  )
  const share = Array.from({ length: 20 }, (_, epoch) => {
    const changed = sequences.filter((sequence) => sequence[epoch + 1] !== sequence[epoch])
    return changed.length / truth.length
  })
  const order = truth.map((_, example) => example).toSorted((a, b) => changes[b]! - changes[a]! || a - b)
  return {
    testExamples: truth.length,
    diverged: false,
    epochs: [61, 80],
    share,
    mean: share.reduce((sum, one) => sum + one, 0) / share.length,
    labels: truth,
    predicted: sequences.map((sequence) => sequence.at(-1)!),
    changes,
    restless: order
      .slice(0, 12)
      .filter((example) => changes[example]! > 0)
      .map((example) => ({
        example,
        label: truth[example]!,
        changes: changes[example]!,
        classes: sequences[example]!,
      })),
  }
}

/** A chart of a made-up table and of predictions for it. Its other data are those of an experiment. */
export async function tableDrawing(
  chart: ChartName,
  data: LabeledExamples,
  given: readonly PartialSpec[] = [{}],
): Promise<Drawing> {
  const drawing = await drawingOf(chart, given)
  const [result] = drawing.results
  const spec = { ...result.spec, classes: data.classNames?.length ?? result.spec.classes }
  return { ...drawing, results: [{ ...result, spec }], references: [], data, churn: madeChurn(data) }
}
