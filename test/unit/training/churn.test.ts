import { expect, it } from 'vitest'

import { splitOf } from '#datasets/split.ts'
import { churnEpochs } from '#experiment/result/churn-share.ts'
import { churnOf, type Churn } from '#experiment/result/churn.ts'
import { column } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'
import { trainChurn, trainNumbers } from '#training/by-engine.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { predictEpochsFused } from '#training/fused/predict.ts'
import { trainFused } from '#training/fused/train.ts'
import { predictEpochsLayers } from '#training/layers/predict.ts'
import { trainLayers } from '#training/layers/train.ts'
import { runToEnd, Slice } from '#training/progress.ts'

import { wideSplit } from '../../support/wide-split.ts'

const churn = (given: PartialSpec): Churn => runToEnd(trainChurn(completeSpec(given)))

/** The same from a network that is advanced epoch by epoch. */
function byHand(spec: ExperimentSpec): Churn {
  const split = splitOf(spec)
  const network = new FusedNetwork(spec, split)
  network.begin(spec.seed)
  const classes: Uint8Array[] = []
  let isOver = false
  while (!isOver) {
    const { epochs } = network
    while (!isOver && network.epochs === epochs) isOver = network.advance(1)
    if (churnEpochs(spec).includes(network.epochs)) classes.push(network.predict(split.test.inputs).classes)
  }
  network.dispose()
  return churnOf(spec, { classes, labels: split.test.labels, diverged: false })
}

it.each([
  { batchSize: 4 },
  { batchSize: 'full' },
  { batchSize: 1, averaging: 'swa' },
  { batchSizeSchedule: '20:full', optimizer: 'adam', seeds: 3 },
] satisfies PartialSpec[])('is that of the first run’s predictions after each epoch: %o', (given) => {
  const spec = completeSpec({ ...given, epochs: 41, examples: 300 })
  expect(runToEnd(trainChurn(spec))).toEqual(byHand(spec))
})

it.each([
  ['fused', predictEpochsFused, trainFused],
  ['layers', predictEpochsLayers, trainLayers],
] as const)('%s: predictions have the test accuracies of a run that nobody watches', (engine, predict, train) => {
  for (const [features, averaging] of [
    [2, 'none'],
    [7, 'ema'],
    [64, 'none'],
  ] as const) {
    const spec = completeSpec({ engine, averaging, epochs: 8, examples: 120, batchSize: 16 })
    const split = wideSplit(spec, features)
    const accuracies = column(runToEnd(train(spec, split, new Slice())), spec, 0, 'testAccuracy')
    const epochs = [1, 2, 5, 8]
    const { classes, diverged } = runToEnd(predict(spec, split, { points: split.test.inputs, epochs }, new Slice()))
    expect(diverged).toBe(false)
    const shares = classes.map(
      (all) => all.reduce((sum, label, row) => sum + Number(label === split.test.labels[row]), 0) / all.length,
    )
    shares.forEach((share, index) => expect(share).toBeCloseTo(accuracies[epochs[index]! - 1]!, 6))
    expect(shares).toHaveLength(epochs.length)
  }
})

it.each(['fused', 'layers'] as const)('%s: is null where the run diverged', (engine) => {
  expect(churn({ engine, learningRate: 10, momentum: 0.999, epochs: 40 })).toMatchObject({
    diverged: true,
    share: Array(10).fill(null),
    mean: null,
    predicted: null,
    changes: null,
    restless: null,
  })
})

it.each(['fused', 'layers'] as const)('%s: predicts the last epoch where there are too few for a window', (engine) => {
  const spec = completeSpec({ engine, epochs: 3, examples: 200 })
  const found = runToEnd(trainChurn(spec))
  expect(found).toMatchObject({ epochs: null, share: [], mean: null, changes: null, restless: null })
  const right = found.predicted!.filter((label, example) => label === found.labels[example]).length
  const accuracy = column(runToEnd(trainNumbers(spec)), spec, 0, 'testAccuracy').at(-1)!
  expect(right / found.testExamples).toBeCloseTo(accuracy, 6)
})

it('comes in slices, with the progress of the run', () => {
  const training = trainChurn(completeSpec({ batchSize: 1, epochs: 2000 }))
  const epochs: number[] = []
  for (const { epoch } of training) epochs.push(epoch)
  expect(epochs.length).toBeGreaterThan(4)
  expect(epochs).toEqual(epochs.toSorted((a, b) => a - b))
  expect(epochs.at(-1)).toBeGreaterThan(epochs[0]!)
})

it('of mini-batches is larger than that of the full batch', () => {
  expect(churn({ batchSize: 4 }).mean).toBeGreaterThan(2 * churn({ batchSize: 'full' }).mean!)
})
