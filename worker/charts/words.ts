/**
 * Experiments in words: titles of charts, panels and axes.
 */
import type { ExperimentResult } from '#experiment/result.ts'
import { trainRows } from '#experiment/rows.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec.ts'

import { whole } from './format.ts'
import type { Scale } from './frame.tsx'
import { isLogarithmic } from './scales.ts'
import type { View } from './view.ts'

type Specified = Pick<ExperimentResult, 'spec'>

/** A setting in words: `batch size 32`, `full batch (500)`, `learning rate 0.01`. */
export function settingInWords(spec: ExperimentSpec, field: SpecField): string {
  if (field === 'batchSize' && spec.batchSize === 'full') return `full batch (${trainRows(spec)})`
  return `${fieldInWords(field)} ${spec[field]}`
}

/** The name of a field: `batch size` for `batchSize`. */
export function fieldInWords(field: SpecField): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** The fields in which experiments differ; the batch size first. */
export function variedFields(results: readonly Specified[]): SpecField[] {
  const [first] = results
  if (!first) return []
  const fields = Object.keys(first.spec) as SpecField[]
  const varied = fields.filter((field) => results.some(({ spec }) => spec[field] !== first.spec[field]))
  return varied.toSorted((a, b) => Number(b === 'batchSize') - Number(a === 'batchSize'))
}

/** What sets an experiment apart from the others, in words. */
export function apartInWords({ spec }: Specified, results: readonly Specified[]): string {
  const varied = variedFields(results)
  return (varied.length ? varied : (['batchSize'] as const)).map((field) => settingInWords(spec, field)).join(', ')
}

/** What an experiment is, in one line. */
export function titleOf({ spec }: Specified): string {
  const { learningRate, epochs, seeds } = spec
  const settings = [settingInWords(spec, 'batchSize'), `learning rate ${learningRate}`, `${whole(epochs)} epochs`]
  if (seeds > 1) settings.push(`${seeds} seeds`)
  return `Train and test accuracy, ${settings.join(', ')}`
}

/** What experiments side by side are, in one line. */
export function titleOfMultiples(results: readonly Specified[]): string {
  return `Learning curves by ${variedInWords(results)}, on the same axes`
}

/** What a sweep is, in one line. */
export function titleOfSweep(results: readonly Specified[]): string {
  return `Test accuracy and instability by ${variedInWords(results)}`
}

function variedInWords(results: readonly Specified[]): string {
  const varied = variedFields(results)
  return varied.length ? varied.map(fieldInWords).join(' and ') : fieldInWords('batchSize')
}

/** What a dataset is, in one line. */
export function titleOfDataset({ dataset, examples, classes }: ExperimentSpec): string {
  return `The dataset: ${whole(examples)} examples of ${dataset} in ${classes} classes`
}

/** What a decision boundary is of, in one line. */
export function titleOfBoundary({ spec }: Specified): string {
  return `Decision boundary after ${whole(spec.epochs)} epochs, ${settingInWords(spec, 'batchSize')}, learning rate ${spec.learningRate}`
}

/** The horizontal axis of curves. */
export function horizontalTitle({ axis }: View, scale: Scale): string {
  const unit = axis === 'updates' ? 'updates' : 'epoch'
  return isLogarithmic(scale) ? `${unit} (log scale)` : unit
}

/** The vertical axis of curves. */
export function verticalTitle({ metric }: View): string {
  return metric === 'loss' ? 'loss (log scale)' : 'accuracy'
}
