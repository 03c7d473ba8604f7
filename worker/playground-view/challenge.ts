/** The challenge of the tutorial: a training that is fast at first and calm at the end, on the tutorial’s own data. */
import { datasetFields } from '#datasets/generator.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { defaultSpec } from '#experiment/spec/canonical-spec.ts'

/** The limits that a training must keep, and the fewest seeds by which that counts. */
export const challenge = { epochsTo80: 3, instability: 0.002, seeds: 30 } as const

/** Settings that must be as they are in the tutorial. A curve without a shuffle is calm because it repeats one order. */
const fixed = [...datasetFields, 'epochs', 'shuffle'] as const

/** Whether an experiment meets the challenge. */
export function meetsChallenge({ spec, summary }: Pick<ExperimentResult, 'spec' | 'summary'>): boolean {
  const [, epochs] = summary.epochsTo80.quartiles
  const { mean } = summary.instability
  if (epochs === null || mean === null || summary.runs < challenge.seeds) return false
  const tutorial = defaultSpec()
  if (fixed.some((field) => spec[field] !== tutorial[field])) return false
  return epochs <= challenge.epochsTo80 && mean < challenge.instability
}
