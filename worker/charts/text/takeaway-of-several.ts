/** Describes a comparison of several experiments in a sentence or two, computed from their results. */
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'
import { trainRows } from '#experiment/spec/training-size.ts'

import type { View } from '../view.ts'
import { differencesInWords } from './experiment-names.ts'
import { decimal, digitsOf, wholeNumber } from './format.ts'

/** Names the experiments with the lowest and highest instability and with the highest test accuracy. */
export function takeawayOfSweep(results: readonly ExperimentResult[], varied: readonly SpecField[]): string {
  const by = (valueOf: (result: ExperimentResult) => number | null) =>
    results
      .flatMap((result) => {
        const of = valueOf(result)
        return of === null ? [] : [{ result, value: of }]
      })
      .sort((a, b) => a.value - b.value)
  const say = (what: string, entry: { result: ExperimentResult; value: number } | undefined, digits: number) =>
    entry ? [`${what} ${differencesInWords(entry.result, varied)} (${decimal(entry.value, digits)}).`] : []
  const instability = by(({ summary }) => summary.instability.mean)
  const accuracy = by(({ summary }) => summary.final['testAccuracy'].mean)
  const diverged = results.filter(({ summary }) => summary.diverged === summary.runs)
  return [
    ...say('Instability is lowest with', instability[0], digitsOf.instability),
    ...(instability.length > 1 ? say('It is highest with', instability.at(-1), digitsOf.instability) : []),
    ...(tooCloseToTell(accuracy) ?? say('Test accuracy ends highest with', accuracy.at(-1), digitsOf.accuracy)),
    ...(diverged.length
      ? [`Diverged: ${diverged.map((result) => differencesInWords(result, varied)).join('; ')}.`]
      : []),
  ].join(' ')
}

/**
 * The sentence for the case that the highest of some ascending test accuracies leads by less than the standard error
 * that the number of test points implies. More seeds do not help, because all of them share these points.
 */
function tooCloseToTell(accuracies: readonly { result: ExperimentResult; value: number }[]): string[] | undefined {
  const [second, first] = accuracies.slice(-2)
  if (!second || !first) return undefined
  const { spec } = first.result
  const points = spec.examples - trainRows(spec)
  if ((first.value - second.value) ** 2 > (first.value * (1 - first.value)) / points) return undefined
  return [`The highest test accuracies are closer than ${wholeNumber(points)} test points can tell apart.`]
}

/** Describes small multiples; for losses, which one ends lowest. */
export function takeawayOfMultiples(
  results: readonly ExperimentResult[],
  varied: readonly SpecField[],
  view: View,
): string {
  if (view.metric === 'accuracy') return takeawayOfSweep(results, varied)
  const ends = results.flatMap((result) => {
    const { mean } = result.summary.final['testLoss']
    return mean === null ? [] : [{ result, mean }]
  })
  const [lowest] = [...ends].sort((a, b) => a.mean - b.mean)
  const diverged = results.filter(({ summary }) => summary.diverged === summary.runs)
  return [
    ...(lowest
      ? [`Test loss ends lowest with ${differencesInWords(lowest.result, varied)} (${decimal(lowest.mean)}).`]
      : []),
    ...(diverged.length
      ? [`Diverged: ${diverged.map((result) => differencesInWords(result, varied)).join('; ')}.`]
      : []),
  ].join(' ')
}
