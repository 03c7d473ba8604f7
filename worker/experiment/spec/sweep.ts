/**
 * A sweep: a set of experiments that vary one or two fields of the spec. In a query such a field holds a list:
 * `batchSize=4,8,16`, or as many programs send it, `batchSize=4&batchSize=8&batchSize=16`. What varies is what was asked
 * to vary: a field whose default follows another one does not.
 */
import { requireBudgetOfAll } from './budget.ts'
import { equalField, withEqualUpdates, type Equality } from './equal-work.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { mostExperiments } from './most-experiments.ts'
import { asPasted } from './pasted-query.ts'
import { permalink, readSpec } from './permalink.ts'
import type { Given, Query, Table } from './query.ts'
import { specFields, type ExperimentSpec, type PartialSpec, type SpecField } from './spec.ts'

/** The most fields that vary. */
const mostFields = 2

/** The experiments of a sweep, from one query; at least one. */
export type Specs = readonly [ExperimentSpec, ...ExperimentSpec[]]

/** The fields that were asked to vary: those whose given values differ. The batch size comes first. */
export function variedFields(given: readonly PartialSpec[]): SpecField[] {
  const fields = new Set(given.flatMap((one) => Object.keys(one) as SpecField[]))
  const varied = [...fields].filter((field) => given.some((one) => one[field] !== given[0]?.[field]))
  return varied.sort((a, b) => Number(b === 'batchSize') - Number(a === 'batchSize'))
}

/** What a query with lists asks for. */
export interface Sweep<View extends Table> {
  specs: Specs
  /** The fields in which they vary. */
  varied: readonly SpecField[]
  /** What they have alike. */
  equal: Equality
  view: Given<View>
}

/**
 * The distinct experiments that a query with lists asks for, the first list varying slowest, complete and all within
 * one budget, and the fields in which they vary. Its key `equal` says what they have alike; it is no key of the view.
 *
 * @param most how many experiments there may be
 * @throws InvalidQuery that names every field that cannot be read, is out of range, or makes the sweep too large
 */
export function readSweep<View extends Table>(
  query: Query,
  viewKeys: View,
  most: number = mostExperiments.ofChart,
): Sweep<View> {
  const pairs = joinRepeated(asPasted(query))
  const lists = pairs.filter(([field, text]) => Object.hasOwn(specFields, field) && text.includes(','))
  if (lists.length > mostFields)
    throw new InvalidQuery(
      400,
      lists.map(([field, text]) => fieldError(field, text, `one value: at most ${mostFields} fields may hold a list`)),
    )
  const cells = lists.reduce((count, [, text]) => count * text.split(',').length, 1)
  if (cells > most)
    throw new InvalidQuery(
      422,
      lists.map(([field, text]) => fieldError(field, text, `at most ${most} experiments in all, not ${cells}`)),
    )
  let queries = [pairs]
  for (const [field, text] of lists)
    queries = queries.flatMap((one) =>
      text.split(',').map((value) => one.map((pair): Pair => (pair[0] === field ? [field, value] : pair))),
    )
  const keys = { equal: equalField, ...viewKeys }
  const read = queries.map((one) => readSpec(one, keys, 'refuse'))
  const { equal = 'epochs', ...view } = read[0]!.view
  // Two spellings of one experiment, as 500 and full, are one.
  const distinct = new Map(read.map(({ spec }) => [permalink(spec), spec]))
  const asked = Array.from(distinct.values()) as [ExperimentSpec, ...ExperimentSpec[]]
  const given = asked.map((spec) => Object.fromEntries(lists.map(([field]) => [field, spec[field as SpecField]])))
  const varied = variedFields(given)
  return { specs: alike(asked, varied, equal), varied, equal, view: view as unknown as Given<View> }
}

/** The experiments with equal epochs or updates, within one budget. */
function alike(specs: Specs, varied: readonly SpecField[], equal: Equality): Specs {
  if (equal === 'epochs') {
    requireBudgetOfAll(specs)
    return specs
  }
  if (varied.includes('epochs')) {
    const list = [...new Set(specs.map(({ epochs }) => epochs))].join(',')
    throw new InvalidQuery(422, [
      fieldError('epochs', list, 'one value with equal=updates, which sets the epochs of each'),
    ])
  }
  return withEqualUpdates(specs)
}

type Pair = [field: string, text: string]

/** A query in which every field of a spec comes once, as a comma list where it was repeated. */
function joinRepeated(query: Query): Pair[] {
  const pairs: Pair[] = []
  for (const [field, text] of query) {
    const earlier = Object.hasOwn(specFields, field) && pairs.find(([name]) => name === field)
    if (earlier) earlier[1] += `,${text}`
    else pairs.push([field, text])
  }
  return pairs
}
