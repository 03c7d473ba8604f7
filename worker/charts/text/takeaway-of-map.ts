/** Describes a map in a sentence or two, computed from its results. */
import type { ExperimentResult } from '#experiment/result/result.ts'
import type { SpecField } from '#experiment/spec/spec.ts'

import { quantities } from '../types/map-texts.ts'
import type { View } from '../view.ts'
import { differencesInWords } from './experiment-names.ts'

/** Names the cells with the lowest and highest values, and how many experiments diverged or were still learning. */
export function takeawayOfMap(
  results: readonly ExperimentResult[],
  varied: readonly SpecField[],
  { value }: View,
): string {
  const { title, of, spellings } = quantities[value]
  const sorted = results
    .flatMap((result) => {
      const number = of(result.summary, result)
      return number === null ? [] : [{ result, number }]
    })
    .sort((a, b) => a.number - b.number)
  const [least, most] = [sorted[0], sorted.at(-1)]
  const say = ({ result, number }: (typeof sorted)[number]) =>
    `${differencesInWords(result, varied)} (${spellings[0].text(number)})`
  const sentence = (words: string, is: (summary: ExperimentResult['summary']) => boolean) => {
    const matching = results.filter(({ summary }) => is(summary)).length
    return matching > 0 ? [`${words} in ${matching} of ${results.length} experiments.`] : []
  }
  return [
    ...(least
      ? [`${title}: lowest with ${say(least)}${most && most !== least ? `, highest with ${say(most)}` : ''}.`]
      : []),
    ...(value === 'epochsTo80'
      ? sentence('Half of the runs or more never got there', ({ epochsTo80 }) => epochsTo80.quartiles[1] === null)
      : []),
    ...sentence('All runs diverged', ({ runs, diverged }) => diverged === runs),
    ...sentence('Some runs diverged', ({ runs, diverged }) => diverged > 0 && diverged < runs),
    ...sentence('Most runs were still learning at the end', ({ runs, stillLearning }) => 2 * stillLearning > runs),
  ].join(' ')
}
