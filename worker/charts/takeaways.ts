/**
 * What a chart shows, in a sentence or two, computed from its result: for its caption, and for those who do not see it.
 */
import type { Boundary } from '#experiment/boundary.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { decimal, digitsOf, spread, whole } from './format.ts'
import type { Reference } from './references.tsx'
import { apartInWords } from './words.ts'

/** What came of an experiment. */
export function takeawayOfCurves(result: ExperimentResult): string {
  return result.summary.runs > 1 ? takeawayOfRuns(result) : takeawayOfRun(result)
}

function takeawayOfRun({ runs: [run] }: ExperimentResult): string {
  if (!run || run.diverged) return 'The training diverged: its loss or its parameters are no longer finite.'
  const reached = run.epochsTo80 === null ? 'never reaches 0.8' : `first reaches 0.8 at epoch ${run.epochsTo80}`
  const end = `Test accuracy ${reached} and ends at ${decimal(run.final['testAccuracy'])}.`
  if (run.instability === null) return end
  const calm = `Over the last quarter of the epochs its instability is ${decimal(run.instability, digitsOf.instability)}`
  return `${end} ${calm}${run.stillLearning ? `, and it still ${movement(run.drift ?? 0)}` : ''}.`
}

/** A drift in words: `rises by 0.004`. */
function movement(drift: number): string {
  return `${drift > 0 ? 'rises' : 'falls'} by ${decimal(Math.abs(drift))}`
}

function takeawayOfRuns({ summary }: ExperimentResult): string {
  const { runs, diverged, stillLearning, final, instability, epochsTo80 } = summary
  if (diverged === runs) return `All ${runs} runs diverged: their losses or parameters are no longer finite.`
  const sentences = [`In ${runs} seeds, test accuracy ends at ${spread(final['testAccuracy'])}.`]
  const median = epochsTo80.quartiles[1]
  sentences.push(
    median === null
      ? `${epochsTo80.reached} of ${runs} runs ever reach 0.8.`
      : `Half of the runs reach 0.8 by epoch ${whole(median)}.`,
  )
  if (instability.mean !== null)
    sentences.push(`Their mean instability is ${decimal(instability.mean, digitsOf.instability)}.`)
  if (stillLearning > 0) sentences.push(`Still learning at the end: ${stillLearning} of ${runs}.`)
  if (diverged > 0) sentences.push(`${diverged} of ${runs} runs diverged.`)
  return sentences.join(' ')
}

/** Which of several experiments is the calmest, the most volatile and the best. */
export function takeawayOfSweep(results: readonly ExperimentResult[]): string {
  const by = (valueOf: (result: ExperimentResult) => number | null) =>
    results
      .flatMap((result) => {
        const value = valueOf(result)
        return value === null ? [] : [{ result, value }]
      })
      .toSorted((a, b) => a.value - b.value)
  const say = (what: string, entry: { result: ExperimentResult; value: number } | undefined, digits: number) =>
    entry ? [`${what} ${apartInWords(entry.result, results)} (${decimal(entry.value, digits)}).`] : []
  const instability = by(({ summary }) => summary.instability.mean)
  const accuracy = by(({ summary }) => summary.final['testAccuracy'].mean)
  const diverged = results.filter(({ summary }) => summary.diverged === summary.runs)
  return [
    ...say('Instability is lowest with', instability[0], digitsOf.instability),
    ...(instability.length > 1 ? say('It is highest with', instability.at(-1), digitsOf.instability) : []),
    ...say('Test accuracy ends highest with', accuracy.at(-1), digitsOf.accuracy),
    ...(diverged.length ? [`Diverged: ${diverged.map((result) => apartInWords(result, results)).join('; ')}.`] : []),
  ].join(' ')
}

/** How many points there are, and how well they can be told apart. */
export function takeawayOfDataset({ labels, trainExamples }: LabeledPoints, references: readonly Reference[]): string {
  const counts = `${whole(trainExamples)} examples train, ${whole(labels.length - trainExamples)} test.`
  const center = references.find(({ name }) => name === nearestCenter)
  if (!center) return counts
  return `${counts} The clusters overlap: giving every test example the class of the nearest true center is right for ${decimal(center.accuracy)} of them.`
}

/** The name of the reference that takes the true centers. */
const nearestCenter = 'nearest true center'

/** How often the regions are right. */
export function takeawayOfBoundary({ runs: [run] }: ExperimentResult, { classes }: Boundary): string {
  if (classes === null || !run) return 'The training diverged, so there is no decision boundary.'
  return `The regions are right for ${decimal(run.final['testAccuracy'])} of the test examples and ${decimal(run.final['trainAccuracy'])} of the train examples.`
}
