/** The presets: the named experiments of the tutorial, with the slugs that identify them in URLs. */
import { completeSpec, type ExperimentSpec, type PartialSpec } from './spec.ts'

/** A named spec of the tutorial. */
export interface Preset {
  slug: string
  title: string
  spec: ExperimentSpec
}

const preset = (slug: string, title: string, given: PartialSpec): Preset => ({ slug, title, spec: completeSpec(given) })

/** The batch sizes of the tutorial's sweep. */
const sweepBatchSizes = [4, 8, 16, 32, 64, 128, 256, 450] as const

export const presets: readonly Preset[] = [
  preset('batch-gradient-descent', 'Batch gradient descent', { batchSize: 'full' }),
  preset('stochastic-gradient-descent', 'Stochastic gradient descent', { batchSize: 1 }),
  preset('stochastic-small-learning-rate', 'Stochastic gradient descent with a small learning rate', {
    batchSize: 1,
    learningRate: 0.001,
  }),
  preset('mini-batch-gradient-descent', 'Mini-batch gradient descent', { batchSize: 32 }),
  ...sweepBatchSizes.map((batchSize) => preset(`batch-size-${batchSize}`, `Batch size ${batchSize}`, { batchSize })),
]
