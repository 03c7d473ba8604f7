/** What can be concluded, and what cannot, from one run each of two trainings. */
import { decimal, listInWords, wholeNumber } from '#charts/text/format.ts'

import { standardErrorOf, type MetricAnalysis } from './analysis.ts'
import { number } from './numbers-in-words.ts'

/** A log beside its analysis. */
export interface NamedAnalysis {
  name: string
  validation: MetricAnalysis
  /** The number of validation examples, if it is known. */
  examples: number | undefined
  /** Whether any of its losses diverged: an accuracy may stay finite, but is none of a network that works. */
  isDiverged: boolean
}

/** How many standard errors a difference must exceed: about 95 % of differences by chance are smaller. */
const errors = 2

/** Compares the second log with the first, in sentences. */
export function compareLogs(a: NamedAnalysis, b: NamedAnalysis): string[] {
  const [one, other] = [a.validation, b.validation]
  if (one.series.better !== other.series.better || baseKind(one) !== baseKind(other))
    return [`${a.name} shows ${one.series.name} and ${b.name} shows ${other.series.name}, which cannot be compared.`]
  const diverged = [a, b].filter(({ isDiverged }) => isDiverged)
  if (diverged.length > 0) return diverged.map(({ name }) => `${name} diverged, so its end cannot be compared.`)
  return [...levels(a, b), ...roughness(a, b), ...speeds(a, b)]
}

/** Shares compare with shares only. */
const baseKind = ({ series }: MetricAnalysis) => (series.isShare ? 'share' : 'value')

/** The standard deviation of the difference of two levels, as far as the logs show it. */
interface Chance {
  /** For lack of validation examples, counted as independent; null if their number is unknown. */
  examples: number | null
  /** For the epoch at which the trainings ended; null if a log is too short. */
  instability: number | null
}

function chanceOf(a: NamedAnalysis, b: NamedAnalysis): Chance {
  const sampling = ({ validation, examples }: NamedAnalysis) =>
    validation.series.isShare && examples ? standardErrorOf(validation.level!, examples) : null
  const both = (one: number | null, other: number | null) =>
    one === null || other === null ? null : Math.hypot(one, other)
  return {
    examples: both(sampling(a), sampling(b)),
    instability: both(a.validation.instability, b.validation.instability),
  }
}

/** The difference of the means of the last quarters, against the chance that the logs show. */
function levels(a: NamedAnalysis, b: NamedAnalysis): string[] {
  const [one, other] = [a.validation, b.validation]
  if (one.level === null || other.level === null) return []
  const difference = other.level - one.level
  if (difference === 0) return ['The means of the last quarters are equal.']
  const { examples, instability } = chanceOf(a, b)
  const size = Math.abs(difference)
  if (examples === null && instability === null)
    return [
      `The last quarters differ by ${number(size)}. Logs this short do not show how much of it is chance: give the number of validation examples, or train for at least 40 epochs.`,
    ]
  const chance = Math.hypot(examples ?? 0, instability ?? 0)
  const sources = listInWords([
    ...(examples === null ? [] : ['the validation examples']),
    ...(instability === null ? [] : ['the instability']),
  ])
  const better = one.series.better === 'higher' ? difference > 0 : difference < 0
  const said = `${better ? b.name : a.name} is better by ${number(size)} in the last quarter`
  if (size > errors * chance)
    return [
      `${said}, more than two standard errors (${number(errors * chance)}) of ${sources}. What another seed would change is in neither log, so even this needs several seeds of each before it is a fact about the settings: three show whether the order holds.`,
    ]
  return [
    `${said}, which is within two standard errors (${number(errors * chance)}) of ${sources}. One run each cannot tell this difference from chance. ${whatItTakes(size, { examples, instability }, a.examples)}`,
  ]
}

/**
 * What would make a difference two standard errors of itself: more validation examples if they alone hide it, and
 * otherwise more seeds. Both errors fall with the square root of their number.
 */
function whatItTakes(size: number, { examples, instability }: Chance, count: number | undefined): string {
  if (examples !== null && count !== undefined && size <= errors * examples) {
    const needed = Number((count * ((errors * examples) / size) ** 2).toPrecision(1))
    return needed < 1e9
      ? `It takes about ${wholeNumber(needed)} validation examples instead of ${wholeNumber(count)}, or a comparison example by example.`
      : 'It is too small for any number of validation examples.'
  }
  const seeds = Math.max(3, Math.ceil(((errors * (instability ?? 0)) / size) ** 2))
  return `It takes about ${wholeNumber(seeds)} seeds of each, and more if seeds differ by more than these logs show.`
}

/**
 * The instabilities against their own sampling error. Over n values with independent errors, the mean square successive
 * difference has the relative standard deviation √(3n − 4) / (n − 1) (von Neumann 1941), and its root half of that.
 */
function roughness(a: NamedAnalysis, b: NamedAnalysis): string[] {
  const [one, other] = [a.validation, b.validation]
  if (one.instability === null || other.instability === null)
    return ['Instability is measured from 40 epochs on, so it cannot be compared.']
  const [rough, calm] = one.instability >= other.instability ? [a, b] : [b, a]
  const [high, low] = [rough.validation.instability!, calm.validation.instability!]
  if (high === 0) return ['Neither moves in its last quarter.']
  const relative = (n: number) => Math.sqrt(3 * n - 4) / (n - 1) / 2
  const error = Math.hypot(relative(one.window), relative(other.window))
  const numbers = `instability ${number(high)} against ${number(low)}`
  if (low === 0) return [`${rough.name} is rougher: ${calm.name} does not move in its last quarter.`]
  if (Math.log(high / low) <= errors * error)
    return [
      `${rough.name} looks rougher (${numbers}), but over so few epochs two equal runs differ as much by a factor of ${decimal(Math.exp(errors * error), 1)}.`,
    ]
  return [
    `${rough.name} is rougher, ${numbers}: ${decimal(high / low, 1)} times, where chance over so few epochs gives up to ${decimal(Math.exp(errors * error), 1)}. Roughness shows within one run, so this is likely to hold for other seeds.`,
  ]
}

function speeds(a: NamedAnalysis, b: NamedAnalysis): string[] {
  const at = ({ validation }: NamedAnalysis) => validation.reaches80
  const [one, other] = [at(a), at(b)]
  if (
    one === null ||
    other === null ||
    one === other ||
    a.validation.series.xName.toLowerCase() !== b.validation.series.xName.toLowerCase()
  )
    return []
  const [fast, slow] = one < other ? [a, b] : [b, a]
  const unit = a.validation.series.xName
  return [
    `${fast.name} reaches 0.80 first, at ${unit} ${at(fast)} against ${at(slow)}. The first crossing is one noisy event of one run: look whether it holds for other seeds.`,
  ]
}
