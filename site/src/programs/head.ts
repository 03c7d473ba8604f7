/**
 * The comment at the top of a generated program: the experiment, and the settings that the program does not implement.
 */
import { headingOf } from '#charts/text/heading.ts'
import { datasetFields } from '#datasets/generator.ts'
import { permalink, specQuery } from '#experiment/spec/permalink.ts'
import type { SpecField, ExperimentSpec } from '#experiment/spec/spec.ts'

/** Settings that the programs for all libraries implement. A program must list any others itself. */
const common: readonly string[] = [
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
  /** The start of a comment. */
  comment: '#' | '//'
  /** Settings that this program implements in addition. */
  more?: readonly SpecField[]
}

/** The comment lines. */
export function headLines(spec: ExperimentSpec, { site, comment, more = [] }: Head): string {
  const unsupported = Array.from(specQuery(spec))
    .filter(([field]) => ![...common, ...more].includes(field))
    .map(([field, value]) => `${field}=${value}`)
  const lines = [
    `${headingOf(spec)}: ${new URL(permalink(spec), site).href}`,
    ...(unsupported.length ? [`Not in this program, which trains one run: ${unsupported.join(', ')}.`] : []),
  ]
  return lines.map((line) => `${comment} ${line}\n`).join('')
}
