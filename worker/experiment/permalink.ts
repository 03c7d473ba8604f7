/**
 * A spec as the query of a URL, and back. A permalink leaves defaults out and sorts its keys, so that one experiment
 * has one permalink.
 */

import { requireBudget } from './budget.ts'
import { readQuery, writeValue, type Given, type Query, type Table } from './query.ts'
import { completeSpec, defaultSpec, specFields, type ExperimentSpec, type SpecField } from './spec.ts'

/** The page that a permalink opens. */
export const permalinkPage = '/playground'

/** The fields in which a spec differs from its defaults, as the text of a query, sorted by name. */
export function specQuery(spec: ExperimentSpec): URLSearchParams {
  return new URLSearchParams(entriesOf(spec))
}

type Entries = [field: string, text: string][]
/** What was written stays: a spec does not change, and a page with many links asks for its query again and again. */
const written = new WeakMap<ExperimentSpec, Entries>()

function entriesOf(spec: ExperimentSpec): Entries {
  const known = written.get(spec)
  if (known) return known
  const defaults = defaultSpec(spec)
  const changed = (Object.keys(specFields) as SpecField[]).filter((field) => spec[field] !== defaults[field])
  const entries = changed
    .toSorted()
    .map((field): Entries[number] => [field, writeValue(specFields, field, spec[field])])
  written.set(spec, entries)
  return entries
}

/** The path and query that show a spec to anyone: `/playground?batchSize=1`. */
export function permalink(spec: ExperimentSpec): string {
  return withQuery(permalinkPage, specQuery(spec))
}

/** A path with a query, or alone where the query is empty. */
export function withQuery(path: string, query: URLSearchParams): string {
  return query.size ? `${path}?${queryText(query)}` : path
}

/** A query as text. A colon needs no escape in it, and schedules are read by people. */
export function queryText(query: URLSearchParams): string {
  return String(query).replaceAll('%3A', ':')
}

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
  const given = readQuery({ ...specFields, ...viewKeys }, query, unknown)
  const pick = (table: Table) => Object.fromEntries(Object.entries(given).filter(([field]) => field in table))
  const spec = completeSpec(pick(specFields))
  requireBudget(spec)
  return { spec, view: pick(viewKeys) as Given<View> }
}
