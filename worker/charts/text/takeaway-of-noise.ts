/** Describes a gradient noise chart in a sentence or two, computed from the measurements. */
import type { GradientNoise } from '#experiment/result/gradient-noise.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'

import { amount, percent, wholeNumber } from './format.ts'

/** The noise scale at the start and at the end, and when it exceeds the gradient. */
export function takeawayOfNoise({ spec }: Pick<ExperimentResult, 'spec'>, noise: GradientNoise): string {
  const { epochs, batchSize, noiseScale, noiseShare, diverged } = noise
  const last = noiseShare.map((share) => share !== null).lastIndexOf(true)
  const end = diverged ? `epoch ${epochs[last]}` : 'the last'
  const scale = noiseScale[last] ?? null
  const rest = scale === null ? `; nothing is left of the gradient after ${end}` : ` and ${amount(scale)} after ${end}`
  const sentences = [
    `The noise scale is ${amount(noiseScale[0])} examples before the first epoch${last > 0 ? rest : ''}.`,
  ]
  if (diverged) sentences.push('Then the training diverged.')
  const sizes = new Set(batchSize)
  if (sizes.has(noise.examples) && sizes.size === 1 && !spec.replacement)
    return [...sentences, 'The gradient of a full batch has no noise.'].join(' ')
  const shares = noiseShare.slice(0, last + 1)
  const isMostly = shares.map((share) => share !== null && share > 0.5)
  const count = isMostly.filter(Boolean).length
  const batch = sizes.size === 1 ? `A batch of ${wholeNumber(batchSize[0]!)}` : 'A batch'
  sentences.push(
    count === 0
      ? `${batch} never has more noise than gradient.`
      : count === shares.length
        ? `${batch} has more noise than gradient all the way.`
        : `${batch} has more noise than gradient at ${count} of ${shares.length} measured moments, first after epoch ${epochs[isMostly.indexOf(true)]}.`,
    `${diverged ? 'Before it diverged' : 'At the end'}, ${percent(noiseShare[last])} of its squared gradient is noise.`,
  )
  return sentences.join(' ')
}
