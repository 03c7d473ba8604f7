/**
 * The `layers` engine: trains a stock TensorFlow.js LayersModel, one run after the other. Slow, and the oracle: what
 * anyone would get from the library itself, given the same weights and the same order of rows.
 */
import type { Split } from '#dataset/split.ts'
import { emptyNumbers, writeEpoch, type Numbers } from '#experiment/numbers.ts'
import { batchRows, type ExperimentSpec } from '#experiment/spec.ts'
import { evaluationWork, stepWork } from '#experiment/work.ts'

import { startTensorFlow } from '../backend/tensorflow.ts'
import { initialLayers } from '../initializers.ts'
import { progressAt, Slice, type Training } from '../progress.ts'
import { RowOrder } from '../shuffle.ts'
import { LayersNetwork } from './network.ts'

/** Trains every run of a spec. All its tensors are gone when it ends, is stopped (`return`) or throws. */
export function* trainLayers(spec: ExperimentSpec, split: Split): Training {
  const tf = startTensorFlow()
  const numbers = emptyNumbers(spec)
  const slice = new Slice()
  for (let run = 0; run < spec.seeds; run++) {
    const network = new LayersNetwork(tf, spec, initialLayers(spec, spec.seed + run), split)
    try {
      yield* trainRun(spec, split, network, numbers, run, slice)
    } finally {
      network.dispose()
    }
  }
  return numbers
}

/** Trains one run into its columns of the numbers, up to the last epoch or to divergence. */
function* trainRun(
  spec: ExperimentSpec,
  { train, test }: Split,
  network: LayersNetwork,
  numbers: Numbers,
  run: number,
  slice: Slice,
): Generator<ReturnType<typeof progressAt>> {
  const order = new RowOrder(train.count, spec.seed + run)
  const size = batchRows(spec)
  for (let epoch = 0; epoch < spec.epochs; epoch++) {
    if (spec.shuffle) order.shuffle()
    network.arrange(order.rows)
    let runningLoss = 0
    let runningHits = 0
    for (let start = 0; start < train.count; start += size) {
      const count = Math.min(size, train.count - start)
      const { loss, hits } = network.step(start, count)
      runningLoss += loss * count
      runningHits += hits
      if (slice.spend(stepWork(spec, count))) yield progressAt(spec, numbers, run, epoch)
    }
    const after = network.evaluate()
    const goesOn =
      network.isFinite() &&
      writeEpoch(numbers, spec, run, epoch, {
        runningLoss: runningLoss / train.count,
        runningAccuracy: runningHits / train.count,
        trainLoss: after.train.loss,
        trainAccuracy: after.train.hits / train.count,
        testLoss: after.test.loss,
        testAccuracy: after.test.hits / test.count,
      })
    if (!goesOn) return
    if (slice.spend(evaluationWork(spec))) yield progressAt(spec, numbers, run, epoch + 1)
  }
}
