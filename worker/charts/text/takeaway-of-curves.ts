/**
 * Describes the learning curves of an experiment in a sentence or two, computed from its result: for captions, and for
 * readers who cannot see them.
 */
import type { ExperimentResult, Spread } from '#experiment/result/result.ts'

import type { View } from '../view.ts'
import { decimal, digitsOf, spread, wholeNumber } from './format.ts'

/** The description of an experiment's outcome. */
export function takeawayOfCurves(result: ExperimentResult, { metric }: View): string {
  const { runs, diverged } = result.summary
  // While the browser is still training the first run.
  if (runs === 0) return 'The first run is not over.'
  if (diverged === runs)
    return runs === 1
      ? 'The training diverged: its loss or its parameters are no longer finite.'
      : `All ${runs} runs diverged: their losses or parameters are no longer finite.`
  const sentences = metric === 'loss' ? endOfLoss(result) : runs > 1 ? endOfRuns(result) : endOfRun(result)
  if (diverged > 0) sentences.push(`${diverged} of ${runs} runs diverged.`)
  return sentences.join(' ')
}

function endOfRun({ runs: [run] }: ExperimentResult): string[] {
  if (!run) return []
  const reached = run.epochsTo80 === null ? 'never reaches 0.8' : `first reaches 0.8 at epoch ${run.epochsTo80}`
  const end = `Test accuracy ${reached} and ends at ${decimal(run.final['testAccuracy'])}.`
  if (run.instability === null) return [end]
  const calm = `Over the last quarter of the epochs its instability is ${decimal(run.instability, digitsOf.instability)}`
  return [end, `${calm}${run.stillLearning ? `, and it still ${movement(run.drift ?? 0)}` : ''}.`]
}

/** A drift in words: `rises by 0.004`. */
function movement(drift: number): string {
  return `${drift > 0 ? 'rises' : 'falls'} by ${decimal(Math.abs(drift))}`
}

function endOfRuns({ summary }: ExperimentResult): string[] {
  const { runs, stillLearning, final, instability, epochsTo80 } = summary
  const sentences = [`In ${runs} seeds, test accuracy ends at ${spread(final['testAccuracy'])}.`]
  const median = epochsTo80.quartiles[1]
  sentences.push(
    median === null
      ? `${epochsTo80.reached} of ${runs} runs ever reach 0.8.`
      : `Half of the runs reach 0.8 by epoch ${wholeNumber(median)}.`,
  )
  if (instability.mean !== null)
    sentences.push(`Their mean instability is ${decimal(instability.mean, digitsOf.instability)}.`)
  if (stillLearning > 0) sentences.push(`Still learning at the end: ${stillLearning} of ${runs}.`)
  return sentences
}

function endOfLoss({ summary: { runs, final } }: ExperimentResult): string[] {
  const mean = (of: Spread) => decimal(of.mean)
  return [
    `${runs > 1 ? `In ${runs} seeds, test` : 'Test'} loss ends at ${mean(final['testLoss'])}, train loss at ${mean(final['trainLoss'])}.`,
  ]
}
