/**
 * Draws the scatter plots of batch gradients that are built into the page: those of a full-batch run after a few
 * epochs.
 */
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { trainNoise } from '#training/by-engine.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { takeStep } from '#training/fused/step.ts'
import { runToEnd } from '#training/progress.ts'

import {
  byRow,
  cloudEpoch,
  cloudPath,
  cloudSizes,
  cloudWords,
  drawBatches,
} from '../client/drawings/gradient-clouds.ts'

/** The scatter plot of batches of one size. */
export interface Cloud {
  batchSize: number
  /** The path with one dot per batch. */
  path: string
}

/** Draws the gradients of batches of each size. */
export function drawGradients(): { clouds: Cloud[]; length: number; words: string } {
  const spec = completeSpec({ batchSize: 'full' })
  const split = splitDataset(makeDataset(spec))
  const network = new FusedNetwork(spec, split)
  try {
    network.begin(spec.seed)
    network.advance(cloudEpoch)
    const step = takeStep(spec, split, network, 0)!
    const examples = byRow(step)
    const batches = drawBatches(split.train.count)
    const clouds = cloudSizes.map((batchSize, index) => ({
      batchSize,
      path: cloudPath(batches[index]!, examples, 1),
    }))
    const { noiseScale } = runToEnd(trainNoise(spec))
    return { clouds, length: Math.hypot(...step.fullGradient), words: cloudWords(1, noiseScale[cloudEpoch]) }
  } finally {
    network.dispose()
  }
}
