/**
 * The comparison of two experiments in words.
 */
import { settingInWords } from '#charts/text/experiment-names.ts'
import { decimal, digitsOf, estimateTexts } from '#charts/text/format.ts'
import type { ComparedQuantity, Comparison } from '#experiment/result/result.ts'
import { specFields, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'

import { plusMinus } from './difference-text.ts'

/** The quantities that are compared, how they are written, and what more and less of them is called. */
const quantityTexts = [
  { quantity: 'instability', title: 'instability', more: 'rougher', less: 'calmer', digits: digitsOf.instability },
  {
    quantity: 'testAccuracy',
    title: 'test accuracy',
    more: 'more accurate',
    less: 'less accurate',
    digits: digitsOf.accuracy,
  },
] as const
export type ComparedQuantityText = (typeof quantityTexts)[number]
/** The quantities that a comparison shows. */
export const comparedQuantityTexts: readonly ComparedQuantityText[] = quantityTexts

/** The fields that two specs do not share; the seeds are how often one looks, not what at. */
export function fieldsApart(spec: ExperimentSpec, pinned: ExperimentSpec): SpecField[] {
  return (Object.keys(specFields) as SpecField[]).filter((field) => field !== 'seeds' && spec[field] !== pinned[field])
}

/** What an experiment is called beside another: the settings in which it differs. */
export function nameBeside(spec: ExperimentSpec, other: ExperimentSpec): string {
  const fields = fieldsApart(spec, other)
  return fields.length ? fields.map((field) => settingInWords(spec, field)).join(', ') : 'the same experiment'
}

/** Both experiments by name, and what the seeds that they share say: a sentence a quantity. */
export function comparedInWords(comparison: Comparison, spec: ExperimentSpec, pinned: ExperimentSpec): string[] {
  if (fieldsApart(spec, pinned).length === 0)
    return ['A and B are the same experiment. Change a setting to see what it does.']
  if (comparison.seeds.length === 0) return ['No seed has a run of both experiments yet.']
  if (comparison.seeds.length === 1) return [onePair(comparison, nameBeside(spec, pinned), nameBeside(pinned, spec))]
  return quantityTexts.map((quantity) =>
    sentence(quantity, comparison.quantities[quantity.quantity], nameBeside(spec, pinned), nameBeside(pinned, spec)),
  )
}

/** One pair of runs: a difference for each quantity, and that it says little. */
function onePair({ seeds: [seed], quantities }: Comparison, name: string, other: string): string {
  const differences = quantityTexts.map(({ quantity, title, digits }) => {
    const { value } = quantities[quantity].difference
    if (value === null) return `there is no ${title} to compare`
    if (value === 0) return `${title} is the same`
    return `${title} is ${value > 0 ? 'higher' : 'lower'} by ${decimal(Math.abs(value), digits)}`
  })
  return `With seed ${seed}, ${name} compared with ${other}: ${differences.join(', ')}. One pair of runs says little: choose more seeds to tell a difference from chance.`
}

function sentence(
  { title, more, less }: ComparedQuantityText,
  compared: ComparedQuantity,
  name: string,
  other: string,
): string {
  const { pairs, difference } = compared
  const { value, low, high } = difference
  if (value === null) return `There is no ${title} to compare: in every pair of runs one lacks it.`
  if (low === null || high === null)
    return `Only ${pairs} ${pairs === 1 ? 'pair' : 'pairs'} of runs can be compared in ${title}: choose more seeds to see a difference.`
  const seeds = `In ${pairs} seeds`
  if (low === high) return `${seeds}, both have the same ${title}, run by run.`
  if (low <= 0 && high >= 0) {
    const texts = estimateTexts(value, low, high)
    return `${seeds}, ${title} does not differ by more than chance: the difference is between ${texts.low} and ${texts.high}.`
  }
  return `${seeds}, ${name} is ${value > 0 ? more : less} than ${other} by ${plusMinus(value, low, high)}.`
}
