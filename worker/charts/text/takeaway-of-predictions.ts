/** Describes the predictions for test examples in sentences, computed from them. */
import type { Churn } from '#experiment/result/churn.ts'

import { classInWords, type LabeledExamples } from '../axes/labeled-examples.ts'
import { decimal, percent, wholeNumber } from './format.ts'

/** The words in place of predictions that do not exist. */
const noPredictions = {
  diverged: 'The training diverged, so there are no predictions.',
  missing: 'The predictions of this run are not measured.',
} as const

/** The number of test examples by true and predicted class, [classes][classes]. */
export function confusionCounts(
  { labels }: Pick<Churn, 'labels'>,
  predicted: readonly number[],
  classes: number,
): number[][] {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0))
  labels.forEach((label, example) => counts[label]![predicted[example]!]!++)
  return counts
}

/** How many test examples are predicted right, in a sentence. */
export function rightInWords(churn: Churn | undefined): string {
  if (!churn) return noPredictions.missing
  const { labels, predicted } = churn
  if (!predicted) return noPredictions.diverged
  const right = labels.filter((label, example) => label === predicted[example]).length
  return `${decimal(right / labels.length)} of the ${wholeNumber(labels.length)} test examples are predicted right.`
}

/** The accuracy and the most frequent confusion. */
export function takeawayOfConfusion(
  churn: Churn | undefined,
  names: Pick<LabeledExamples, 'classNames'>,
  classes: number,
): string {
  if (!churn?.predicted) return rightInWords(churn)
  const confused = confusionCounts(churn, churn.predicted, classes).flatMap((row, label) => {
    const of = row.reduce((sum, count) => sum + count, 0)
    return row.flatMap((count, predicted) => (predicted === label ? [] : [{ label, predicted, count, of }]))
  })
  const [most] = [...confused].sort((a, b) => b.count - a.count)
  if (!most || most.count === 0) return `All ${wholeNumber(churn.labels.length)} test examples are predicted right.`
  return [
    rightInWords(churn),
    `The most frequent confusion: ${wholeNumber(most.count)} of ${wholeNumber(most.of)} examples of ${classInWords(names, most.label)} are predicted as ${classInWords(names, most.predicted)}.`,
  ].join(' ')
}

/** The window of a churn measurement: `after epochs 151 to 200`. */
export function windowInWords([first, last]: NonNullable<Churn['epochs']>): string {
  return first === last ? `after epoch ${last}` : `in epochs ${wholeNumber(first)} to ${wholeNumber(last)}`
}

/** The fewest examples that together make half of all changes. */
export function examplesOfHalf(changes: readonly number[]): number {
  const sorted = [...changes].sort((a, b) => b - a)
  const all = sorted.reduce((sum, count) => sum + count, 0)
  let [examples, sum] = [0, 0]
  while (2 * sum < all) sum += sorted[examples++]!
  return examples
}

/** How many test examples changed their predicted class, how many per epoch, and how few make half of the changes. */
export function takeawayOfRestless(churn: Churn | undefined): string {
  if (!churn?.predicted) return rightInWords(churn)
  const { changes, epochs, mean } = churn
  if (!changes || !epochs || mean === null) return 'There are too few epochs to count changes.'
  const restless = changes.filter((count) => count > 0).length
  const window = windowInWords(epochs)
  if (restless === 0) return `No test example changes its predicted class ${window}.`
  const half = examplesOfHalf(changes)
  return [
    `${wholeNumber(restless)} of ${wholeNumber(changes.length)} test examples (${percent(restless / changes.length)}) change their predicted class at least once ${window}.`,
    `From one epoch to the next, ${smallPercent(mean)} of the examples do on average.`,
    half === restless
      ? ''
      : `${wholeNumber(half)} ${half === 1 ? 'example makes' : 'examples make'} half of all changes.`,
  ]
    .filter(Boolean)
    .join(' ')
}

/** A small share in percent, with two digits: `0.42 %`. */
function smallPercent(share: number): string {
  const points = 100 * share
  return `${decimal(points, points < 1 ? 2 : 1)}\u00a0%`
}
