/** What can be concluded, and what cannot, from one run each of two trainings. */
import { decimal } from '#charts/text/format.ts'

import { standardErrorOf, type MetricAnalysis } from './analysis.ts'
import { number } from './numbers-in-words.ts'

/** A log beside its analysis. */
export interface NamedAnalysis {
  name: string
  validation: MetricAnalysis
  /** The number of validation examples, if it is known. */
  examples: number | undefined
}

/** The two-sided 95 % quantile of the normal distribution. */
const normal95 = 1.96
/** The chance that two standard errors leave, in words, is the same everywhere in the product. */
const errors = 2

/** Compares the second log with the first, in sentences. */
export function compareLogs(a: NamedAnalysis, b: NamedAnalysis): string[] {
  const [one, other] = [a.validation, b.validation]
  if (one.series.better !== other.series.better || baseKind(one) !== baseKind(other))
    return [`${a.name} shows ${one.series.name} and ${b.name} shows ${other.series.name}, which cannot be compared.`]
  const diverged = [a, b].filter(({ validation }) => validation.divergedAt)
  if (diverged.length > 0) return diverged.map(({ name }) => `${name} diverged, so its end cannot be compared.`)
  return [...levels(a, b), ...roughness(a, b), ...speeds(a, b)]
}

/** Shares compare with shares only. */
const baseKind = ({ series }: MetricAnalysis) => (series.isShare ? 'share' : 'value')

/** The difference of the means of the last quarters, against the chance that the logs show. */
function levels(a: NamedAnalysis, b: NamedAnalysis): string[] {
  const [one, other] = [a.validation, b.validation]
  if (one.level === null || other.level === null) return []
  const difference = other.level - one.level
  const chances = [chanceOf(a), chanceOf(b)]
  if (chances.some((chance) => chance === null))
    return [
      `The last quarters differ by ${number(Math.abs(difference))}. Logs this short do not show how much of it is chance: give the number of validation examples, or train for at least 40 epochs.`,
    ]
  const chance = Math.hypot(chances[0]!, chances[1]!)
  const sources = a.examples && b.examples ? 'the validation examples and the instability' : 'the instability'
  const better = one.series.better === 'higher' ? difference > 0 : difference < 0
  const which = better ? b.name : a.name
  const said = `${which} is better by ${number(Math.abs(difference))} in the last quarter`
  if (Math.abs(difference) <= errors * chance)
    return [
      `${said}, which is within two standard errors (${number(errors * chance)}) of ${sources}. One run each cannot tell this difference from chance.${seedsInWords(difference, chance)}`,
    ]
  return [
    `${said}, more than two standard errors (${number(errors * chance)}) of ${sources}. What another seed would change is in neither log, so even this needs several seeds of each before it is a fact about the settings: three show whether the order holds.`,
  ]
}

/**
 * The standard deviation of the level that a log shows: that of its validation examples, and that of the epoch at which
 * the training ended. The examples are counted as independent, though both runs may have had the same ones.
 */
function chanceOf({ validation, examples }: NamedAnalysis): number | null {
  const { level, instability, series } = validation
  const sampling = series.isShare && examples ? standardErrorOf(level!, examples) : null
  if (sampling === null && instability === null) return null
  return Math.hypot(sampling ?? 0, instability ?? 0)
}

/**
 * How many seeds of each it would take for a difference to be two standard errors of itself, if the runs of different
 * seeds differed by no more than what the logs show: n = (1.96 s / d)², with s for the difference of a pair.
 */
function seedsInWords(difference: number, chance: number): string {
  const seeds = Math.ceil(((normal95 * chance) / difference) ** 2)
  if (!Number.isFinite(seeds) || seeds > 1000) return ''
  return ` It takes about ${Math.max(3, seeds)} seeds of each, or more if seeds differ by more than these logs show.`
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
  if (one === null || other === null || one === other || a.validation.series.xName !== b.validation.series.xName)
    return []
  const [fast, slow] = one < other ? [a, b] : [b, a]
  const unit = a.validation.series.xName
  return [
    `${fast.name} reaches 0.80 first, at ${unit} ${at(fast)} against ${at(slow)}. The first crossing is one noisy event of one run: look whether it holds for other seeds.`,
  ]
}
