/**
 * A result in words: titles, and descriptions for those who do not see the chart.
 */
import type { ExperimentResult } from '#experiment/result.ts'
import { batchRows, trainRows, type ExperimentSpec } from '#experiment/spec.ts'

/** The batch size in words: `batch size 32`, or `full batch (500)`. */
function batchInWords(spec: ExperimentSpec): string {
  return spec.batchSize === 'full' ? `full batch (${trainRows(spec)})` : `batch size ${batchRows(spec)}`
}

/** What an experiment is, in one line. */
export function titleOf({ spec }: Pick<ExperimentResult, 'spec'>): string {
  const { learningRate, epochs } = spec
  return `Train and test accuracy, ${batchInWords(spec)}, learning rate ${learningRate}, ${epochs} epochs`
}

/** What came of it, in one or two sentences. */
export function describe({ runs }: ExperimentResult): string {
  const run = runs[0]
  if (!run || run.diverged) return 'The training diverged: its loss or its parameters are no longer finite.'
  const { trainAccuracy, testAccuracy } = run.final
  const reached = run.epochsTo80 === null ? 'never reaches 0.8' : `reaches 0.8 at epoch ${run.epochsTo80}`
  return `Test accuracy ${reached} and ends at ${testAccuracy}; train accuracy ends at ${trainAccuracy}.`
}
