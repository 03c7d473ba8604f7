/**
 * What a program begins with: which experiment it is, and which of its settings it does not have.
 */
import { headingOf } from '#charts/text/heading.ts'
import { datasetFields } from '#datasets/generator.ts'
import { permalink, specQuery } from '#experiment/spec/permalink.ts'
import type { SpecField, ExperimentSpec } from '#experiment/spec/spec.ts'

/** Settings that a program for any library has; what is none of these, a program must say itself. */
const common: readonly SpecField[] = [
  ...datasetFields,
  'hiddenUnits',
  'activation',
  'initializer',
  'learningRate',
  'learningRateSchedule',
  'warmup',
  'optimizer',
  'momentum',
  'weightDecay',
  'batchSize',
  'batchSizeSchedule',
  'averaging',
  'epochs',
  'shuffle',
]

interface Head {
  /** The address of the site. */
  site: string
  /** What begins a comment. */
  comment: '#' | '//'
  /** Settings that the program has beside those that all have. */
  more?: readonly SpecField[]
}

/** Lines of comment. */
export function headLines(spec: ExperimentSpec, { site, comment, more = [] }: Head): string {
  const unsaid = Array.from(specQuery(spec))
    .filter(([field]) => ![...common, ...more].includes(field as SpecField))
    .map(([field, value]) => `${field}=${value}`)
  const lines = [
    `${headingOf(spec)}: ${new URL(permalink(spec), site).href}`,
    ...(unsaid.length ? [`Not in this program, which trains one run: ${unsaid.join(', ')}.`] : []),
  ]
  return lines.map((line) => `${comment} ${line}\n`).join('')
}
