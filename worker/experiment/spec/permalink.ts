/**
 * A spec as the query of a URL, and back: what it is written with, and how what anybody wrote is read.
 */

import { requireBudget } from './budget.ts'
import { asPasted } from './pasted-query.ts'
import { readQuery, type Given, type Query, type Table } from './query.ts'
import { completeSpec, specFields, type ExperimentSpec } from './spec.ts'

export { queryText, withQuery } from './query-text.ts'
export { permalink, permalinkPage, specQuery } from './spec-query.ts'

/**
 * The spec that a query asks for, complete and within budget, and the view keys beside it.
 *
 * @param viewKeys the fields, beside the spec's, that this place understands
 * @param unknown what to do with other keys: an API refuses them, a page ignores them
 * @throws InvalidQuery that names every field that cannot be read, is out of range or asks too much
 */
export function readSpec<View extends Table>(
  query: Query,
  viewKeys: View,
  unknown: 'refuse' | 'ignore',
): { spec: ExperimentSpec; view: Given<View> } {
  const read = readSpecOfAnySize(query, viewKeys, unknown)
  requireBudget(read.spec)
  return read
}

/** The same for what the reader's browser trains: without the Worker's budget. The limits of the fields hold. */
export function readSpecOfAnySize<View extends Table>(
  query: Query,
  viewKeys: View,
  unknown: 'refuse' | 'ignore',
): { spec: ExperimentSpec; view: Given<View> } {
  const given = readQuery({ ...specFields, ...viewKeys }, asPasted(query), unknown)
  const pick = (table: Table) => Object.fromEntries(Object.entries(given).filter(([field]) => field in table))
  return { spec: completeSpec(pick(specFields)), view: pick(viewKeys) as Given<View> }
}
