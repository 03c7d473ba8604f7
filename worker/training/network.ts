/**
 * The interface of a network that is trained update by update, and the training loop for all engines that implement it.
 */
import type { Split } from '#datasets/split.ts'
import { writeEpoch, type Numbers } from '#experiment/result/numbers.ts'
import { evaluationWork, stepWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { phaseAt } from '#experiment/spec/training-size.ts'
import { lastBatches } from '#methods/last-batch.ts'

import { averages } from './averages.ts'
import { firstAveraged } from './averaging.ts'
import { learningRates } from './learning-rates.ts'
import { progressAt, type Progress, type Slice } from './progress.ts'
import { RowOrder } from './shuffle.ts'

/** The score of a batch or a split: the mean loss and the number of correctly classified rows. */
export interface Score {
  loss: number
  hits: number
}

/** A network with its optimizer and its data. */
export interface Network {
  /** Arranges the training rows in the order of an epoch. Batches are consecutive rows from the front. */
  arrange: (order: Uint32Array) => void
  /**
   * Makes one update with the gradients of `count` arranged rows from `start` on, their sum divided by `divisor`. The
   * returned score is a mean over the rows, taken before the update.
   */
  step: (start: number, count: number, learningRate: number, divisor?: number) => Score
  /** Moves the average of the parameters toward the current ones by a fraction of the way; 1 starts it. */
  average: (share: number) => void
  /** The scores of both splits with the average of the parameters, or with the current parameters if there is none. */
  evaluate: () => { train: Score; test: Score }
  /** The current parameters by layer: weights [in][out], then biases [out]. */
  parameters: () => ArrayLike<number>[]
}

/** Trains one run in slices and writes its columns of the numbers, up to the last epoch or to divergence. */
export function* trainRun(
  spec: ExperimentSpec,
  { train, test }: Split,
  network: Network,
  numbers: Numbers,
  run: number,
  slice: Slice,
): Generator<Progress> {
  const order = new RowOrder(train.count, spec.seed + run)
  const rateOf = learningRates(spec)
  const { shareOfUpdate, shareOfEpoch } = averages[spec.averaging]
  const average = (share: number) => {
    if (share > 0) network.average(share)
  }
  let update = 0
  for (let epoch = 0; epoch < spec.epochs; epoch++) {
    const { rows: size, steps } = phaseAt(spec, epoch)
    const used = Math.min(steps * size, train.count)
    if (spec.replacement) order.draw()
    else if (spec.shuffle) order.shuffle()
    network.arrange(order.rows)
    let runningLoss = 0
    let runningHits = 0
    for (let start = 0; start < used; start += size) {
      const count = Math.min(size, train.count - start)
      const { loss, hits } = network.step(
        start,
        count,
        rateOf(epoch, update),
        lastBatches[spec.lastBatch].divisor(count, size),
      )
      average(shareOfUpdate(update++))
      runningLoss += loss * count
      runningHits += hits
      if (slice.spend(stepWork(spec, count))) yield progressAt(spec, numbers, run, epoch)
    }
    average(shareOfEpoch(epoch - firstAveraged(spec)))
    const after = network.evaluate()
    const continues =
      isFinite(network) &&
      writeEpoch(numbers, spec, run, epoch, {
        runningLoss: runningLoss / used,
        runningAccuracy: runningHits / used,
        trainLoss: after.train.loss,
        trainAccuracy: after.train.hits / train.count,
        testLoss: after.test.loss,
        testAccuracy: after.test.hits / test.count,
      })
    if (!continues) return
    if (slice.spend(evaluationWork(spec))) yield progressAt(spec, numbers, run, epoch + 1)
  }
}

/** Whether every parameter is finite; a network that diverged has some that are not. */
function isFinite(network: Network): boolean {
  return network.parameters().every((values) => Array.prototype.every.call(values, Number.isFinite))
}
