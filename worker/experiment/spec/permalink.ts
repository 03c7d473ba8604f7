/** Reads a spec from the query of a URL that anyone may have written, and re-exports the functions that write one. */

import { requireBudget } from './budget.ts'
import { repairedQuery } from './pasted-query.ts'
import { readQuery, type Given, type Query, type Table } from './query.ts'
import { completeSpec, pageFields, specFields, type ExperimentSpec } from './spec.ts'

export { queryText, withQuery } from './query-text.ts'
export { permalink, permalinkPage, specQuery } from './spec-query.ts'

/**
 * The complete spec of a query, within budget, and the view keys beside it.
 *
 * @param viewKeys the query fields that are allowed besides the spec's
 * @param unknown what to do with other keys: the API refuses them, pages ignore them
 * @throws InvalidQuery with every field that cannot be read, is out of range or exceeds the budget
 */
export function readSpec<View extends Table>(
  query: Query,
  viewKeys: View,
  unknown: 'refuse' | 'ignore',
): { spec: ExperimentSpec; view: Given<View> } {
  const read = readWith(specFields, query, viewKeys, unknown)
  requireBudget(read.spec)
  return read
}

/**
 * Like `readSpec`, but without the Worker's budget, and with the visitor's own data: for experiments that the visitor's
 * browser trains. The limits of the fields still hold.
 */
export function readSpecOfAnySize<View extends Table>(
  query: Query,
  viewKeys: View,
  unknown: 'refuse' | 'ignore',
): { spec: ExperimentSpec; view: Given<View> } {
  return readWith(pageFields, query, viewKeys, unknown)
}

function readWith<View extends Table>(
  fields: typeof specFields | typeof pageFields,
  query: Query,
  viewKeys: View,
  unknown: 'refuse' | 'ignore',
): { spec: ExperimentSpec; view: Given<View> } {
  const given = readQuery({ ...fields, ...viewKeys }, repairedQuery(query), unknown)
  const pick = (table: Table) => Object.fromEntries(Object.entries(given).filter(([field]) => field in table))
  return { spec: completeSpec(pick(fields)), view: pick(viewKeys) as Given<View> }
}
