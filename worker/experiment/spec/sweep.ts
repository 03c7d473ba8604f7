/**
 * Sweeps: sets of experiments that vary one or two fields of the spec. In a query such a field holds a list,
 * `batchSize=4,8,16`, or is repeated as many programs do, `batchSize=4&batchSize=8&batchSize=16`. Only the fields with
 * a list count as varied; a field whose default depends on one of them does not.
 */
import { requireBudgetOfAll } from './budget.ts'
import { equalField, withEqualUpdates, type Equality } from './equal-work.ts'
import { fieldError, InvalidQuery } from './errors.ts'
import { mostExperiments } from './most-experiments.ts'
import { repairedQuery } from './pasted-query.ts'
import { permalink, readSpec } from './permalink.ts'
import type { Given, Query, Table } from './query.ts'
import { specFields, type ExperimentSpec, type PartialSpec, type SpecField } from './spec.ts'

/** The most fields that may vary. */
const mostFields = 2

/** The experiments of a sweep, at least one. */
export type Specs = readonly [ExperimentSpec, ...ExperimentSpec[]]

/** The varied fields: those whose given values differ between experiments. The batch size comes first. */
export function variedFields(given: readonly PartialSpec[]): SpecField[] {
  const fields = new Set(given.flatMap((one) => Object.keys(one) as SpecField[]))
  const varied = [...fields].filter((field) => given.some((one) => one[field] !== given[0]?.[field]))
  return varied.sort((a, b) => Number(b === 'batchSize') - Number(a === 'batchSize'))
}

/** The sweep that a query describes. */
export interface Sweep<View extends Table> {
  specs: Specs
  /** The fields that vary. */
  varied: readonly SpecField[]
  /** What is equal for all experiments, epochs or updates. */
  equal: Equality
  view: Given<View>
}

/**
 * Reads the distinct experiments of a query with lists, the first list varying slowest. They are complete and fit one
 * budget together. The query key `equal` is read here and is not part of the view.
 *
 * @param most how many experiments there may be
 * @throws InvalidQuery with every field that cannot be read, is out of range or makes the sweep too large
 */
export function readSweep<View extends Table>(
  query: Query,
  viewKeys: View,
  most: number = mostExperiments.ofChart,
): Sweep<View> {
  const pairs = joinRepeated(repairedQuery(query))
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
  // Two spellings of one experiment, such as 500 and full, count once.
  const distinct = new Map(read.map(({ spec }) => [permalink(spec), spec]))
  const requested = Array.from(distinct.values()) as [ExperimentSpec, ...ExperimentSpec[]]
  const given = requested.map((spec) => Object.fromEntries(lists.map(([field]) => [field, spec[field as SpecField]])))
  const varied = variedFields(given)
  return { specs: withEqual(requested, varied, equal), varied, equal, view: view as unknown as Given<View> }
}

/** Gives the experiments equal epochs or updates, and checks that together they fit one budget. */
function withEqual(specs: Specs, varied: readonly SpecField[], equal: Equality): Specs {
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

/** Joins repeated fields of a spec to one comma-separated list each. */
function joinRepeated(query: Query): Pair[] {
  const pairs: Pair[] = []
  for (const [field, text] of query) {
    const earlier = Object.hasOwn(specFields, field) && pairs.find(([name]) => name === field)
    if (earlier) earlier[1] += `,${text}`
    else pairs.push([field, text])
  }
  return pairs
}
