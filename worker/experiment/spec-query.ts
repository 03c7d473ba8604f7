/**
 * A spec as the query of a URL. A permalink leaves defaults out and sorts its keys, so that one experiment has one
 * permalink. It loads no schemas: what anybody may have written is read in permalink.ts.
 */
import { canonicalSpec, defaultSpec } from './canonical-spec.ts'
import type { ExperimentSpec, SpecField } from './spec.ts'

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
  const changed = (Object.keys(defaults) as SpecField[]).filter((field) => spec[field] !== defaults[field])
  const entries = changed.sort().map((field): Entries[number] => [field, String(spec[field])])
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

/** The spec of a query that the build has read before: each text is what its field holds, and nothing is looked at again. */
export function knownSpec(query: Iterable<readonly [string, string]>): ExperimentSpec {
  const usual = defaultSpec()
  return canonicalSpec(Object.fromEntries(Array.from(query, ([field, text]) => [field, valueOf(usual, field, text)])))
}

/** What a text stands for, by the kind of value that its field usually has. */
function valueOf(usual: ExperimentSpec, field: string, text: string): string | number | boolean {
  const kind = typeof usual[field as SpecField]
  if (kind === 'boolean') return text === 'true'
  return kind === 'number' && text !== 'full' ? Number(text) : text
}
