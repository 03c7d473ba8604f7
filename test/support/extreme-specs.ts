/** Experiments at the edge of what may come out: the values of their charts are the hardest to hold. */
import type { PartialSpec } from '#experiment/spec/spec.ts'

export const extremeSpecs: Record<string, PartialSpec> = {
  'a loss of exactly 0': { classes: 2, noise: 0.1, learningRate: 0.1 },
  'losses far below the axis': { classes: 2, noise: 0.5, momentum: 0.95, epochs: 60 },
  'a loss that blows up': { learningRate: 10, seed: 109 },
  'a run that diverges': { learningRate: 10, momentum: 0.99, batchSize: 8 },
  'a run that diverges at once': { learningRate: 10, momentum: 0.999, batchSize: 1, noise: 10 },
  'one epoch': { epochs: 1 },
  'fewer epochs than an instability needs': { epochs: 7, batchSize: 'full' },
  'the most epochs': { epochs: 2000, examples: 20, hiddenUnits: '2' },
  'one example to test on': { examples: 10, trainFraction: 0.9 },
  'one class to test on': { examples: 12, classes: 10, trainFraction: 0.8 },
  'points without noise': { noise: 0 },
  'ten classes': { classes: 10, noise: 1, epochs: 20 },
  'a class of each color on moons': { dataset: 'moons', noise: 10, epochs: 20 },
}
