/**
 * The clouds of gradients as the page is built with them: those of a run of the full batch, after a few of its epochs.
 */
import { makeDataset } from '#datasets/dataset.ts'
import { splitDataset } from '#datasets/split.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { trainNoise } from '#training/by-engine.ts'
import { FusedNetwork } from '#training/fused/network.ts'
import { takeStep } from '#training/fused/step.ts'
import { toTheEnd } from '#training/progress.ts'

import {
  byRow,
  cloudEpoch,
  cloudPath,
  cloudSizes,
  cloudWords,
  drawBatches,
} from '../client/drawings/gradient-clouds.ts'

/** The gradients of batches of one size. */
export interface Cloud {
  batchSize: number
  /** A dot for each batch. */
  path: string
}

/** Draws batches of each size. */
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
    const { noiseScale } = toTheEnd(trainNoise(spec))
    return { clouds, length: Math.hypot(...step.fullGradient), words: cloudWords(1, noiseScale[cloudEpoch]) }
  } finally {
    network.dispose()
  }
}
