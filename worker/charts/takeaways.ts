/**
 * What a chart shows, in a sentence or two, computed from its result: for its caption, and for those who do not see it.
 */
import type { Boundary } from '#experiment/boundary.ts'
import type { GradientNoise } from '#experiment/gradient-noise.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { Reference } from '#experiment/reference.ts'
import type { ExperimentResult, Spread } from '#experiment/result.ts'
import { trainRows } from '#experiment/rows.ts'
import type { SpecField } from '#experiment/spec.ts'

import { amount, decimal, digitsOf, percent, spread, whole } from './format.ts'
import { quantities } from './map-cells.ts'
import type { View } from './view.ts'
import { apartInWords } from './words.ts'

/** What came of an experiment. */
export function takeawayOfCurves(result: ExperimentResult, { metric }: View): string {
  const { runs, diverged } = result.summary
  // As a page shows it that trains.
  if (runs === 0) return 'The first run is under way.'
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
      : `Half of the runs reach 0.8 by epoch ${whole(median)}.`,
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

/** Which of several experiments is the calmest, the most volatile and the best. */
export function takeawayOfSweep(results: readonly ExperimentResult[], varied: readonly SpecField[]): string {
  const by = (valueOf: (result: ExperimentResult) => number | null) =>
    results
      .flatMap((result) => {
        const of = valueOf(result)
        return of === null ? [] : [{ result, value: of }]
      })
      .toSorted((a, b) => a.value - b.value)
  const say = (what: string, entry: { result: ExperimentResult; value: number } | undefined, digits: number) =>
    entry ? [`${what} ${apartInWords(entry.result, varied)} (${decimal(entry.value, digits)}).`] : []
  const instability = by(({ summary }) => summary.instability.mean)
  const accuracy = by(({ summary }) => summary.final['testAccuracy'].mean)
  const diverged = results.filter(({ summary }) => summary.diverged === summary.runs)
  return [
    ...say('Instability is lowest with', instability[0], digitsOf.instability),
    ...(instability.length > 1 ? say('It is highest with', instability.at(-1), digitsOf.instability) : []),
    ...(tooCloseToTell(accuracy) ?? say('Test accuracy ends highest with', accuracy.at(-1), digitsOf.accuracy)),
    ...(diverged.length ? [`Diverged: ${diverged.map((result) => apartInWords(result, varied)).join('; ')}.`] : []),
  ].join(' ')
}

/**
 * What is said where the highest of some test accuracies, in ascending order, is ahead by less than the standard error of
 * a share of the test points. More seeds do not help against that: all share the points.
 */
function tooCloseToTell(accuracies: readonly { result: ExperimentResult; value: number }[]): string[] | undefined {
  const [second, first] = accuracies.slice(-2)
  if (!second || !first) return undefined
  const { spec } = first.result
  const points = spec.examples - trainRows(spec)
  if ((first.value - second.value) ** 2 > (first.value * (1 - first.value)) / points) return undefined
  return [`The highest test accuracies are closer than ${whole(points)} test points can tell apart.`]
}

/** Where a map's number is the least and where it is the most, and which cells say less than they seem to. */
export function takeawayOfMap(
  results: readonly ExperimentResult[],
  varied: readonly SpecField[],
  { value }: View,
): string {
  const { title, of, spellings } = quantities[value]
  const known = results
    .flatMap((result) => {
      const number = of(result.summary)
      return number === null ? [] : [{ result, number }]
    })
    .toSorted((a, b) => a.number - b.number)
  const [least, most] = [known[0], known.at(-1)]
  const say = ({ result, number }: (typeof known)[number]) =>
    `${apartInWords(result, varied)} (${spellings[0].text(number)})`
  const sentence = (words: string, is: (summary: ExperimentResult['summary']) => boolean) => {
    const there = results.filter(({ summary }) => is(summary)).length
    return there > 0 ? [`${words} in ${there} of ${results.length} experiments.`] : []
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

/** What side by side learning curves show: of losses, where they end lowest. */
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
  const [lowest] = ends.toSorted((a, b) => a.mean - b.mean)
  const diverged = results.filter(({ summary }) => summary.diverged === summary.runs)
  return [
    ...(lowest ? [`Test loss ends lowest with ${apartInWords(lowest.result, varied)} (${decimal(lowest.mean)}).`] : []),
    ...(diverged.length ? [`Diverged: ${diverged.map((result) => apartInWords(result, varied)).join('; ')}.`] : []),
  ].join(' ')
}

/** How many points there are, and how well they can be told apart. */
export function takeawayOfDataset({ labels, trainExamples }: LabeledPoints, references: readonly Reference[]): string {
  const counts = `${whole(trainExamples)} examples train, ${whole(labels.length - trainExamples)} test.`
  const center = references.find(({ name }) => name === 'nearest true center')
  if (!center) return counts
  return `${counts} The clusters overlap: giving every test example the class of the nearest true center is right for ${decimal(center.accuracy)} of them.`
}

/** How often the regions are right. */
export function takeawayOfBoundary({ runs: [run] }: ExperimentResult, { classes }: Boundary): string {
  if (classes === null || !run) return 'The training diverged, so there is no decision boundary.'
  return `The regions are right for ${decimal(run.final['testAccuracy'])} of the test examples and ${decimal(run.final['trainAccuracy'])} of the train examples.`
}

/** Where the noise of the gradients is from and to, and when it is more than the batch size. */
export function takeawayOfNoise({ spec }: Pick<ExperimentResult, 'spec'>, noise: GradientNoise): string {
  const { epochs, batchSize, noiseScale, noiseShare, diverged } = noise
  const last = noiseShare.findLastIndex((share) => share !== null)
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
  const batch = sizes.size === 1 ? `A batch of ${whole(batchSize[0]!)}` : 'A batch'
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
