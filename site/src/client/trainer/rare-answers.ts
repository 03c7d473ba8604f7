/**
 * Answers to the questions that few readers ask, which a worker loads with the first of them: the next update of a run
 * at a moment, and the noise of its gradients.
 */
import { splitOf } from '#datasets/split.ts'
import { measureNoise } from '#training/fused/noise.ts'
import { takeStep } from '#training/fused/step.ts'
import { Slice } from '#training/progress.ts'

import type { Answerers } from './answers.ts'
import { visit } from './visit.ts'

/** A piece of work of some millisecond: a tenth of a Worker's slice. */
const pieces = 10

export const rareAnswerers: Pick<Answerers, 'step' | 'noise'> = {
  *step({ spec, moment }, recordings) {
    return yield* visit(spec, moment, recordings, (network) => takeStep(spec, splitOf(spec), network, moment.step ?? 0))
  },
  *noise({ spec }) {
    return yield* measureNoise(spec, splitOf(spec), new Slice(() => pieces), () => {})
  },
}
