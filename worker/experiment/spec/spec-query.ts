/**
 * Serializes a spec as the query of a URL. A permalink leaves defaults out and sorts its keys, so that an experiment
 * has exactly one permalink. This file loads no schemas; permalink.ts parses queries that anyone may have written.
 */
import { canonicalSpec, defaultSpec } from './canonical-spec.ts'
import { withQuery } from './query-text.ts'
import type { ExperimentSpec, SpecField } from './spec.ts'

/** The page that a permalink opens. */
export const permalinkPage = '/playground'

/** The fields in which a spec differs from its defaults, as a query sorted by name. */
export function specQuery(spec: ExperimentSpec): URLSearchParams {
  return new URLSearchParams(entriesOf(spec))
}

type Entries = [field: string, text: string][]
/**
 * Memoizes the entries of each spec: specs are immutable, and a page with many links needs the same query many times.
 */
const memo = new WeakMap<ExperimentSpec, Entries>()

function entriesOf(spec: ExperimentSpec): Entries {
  const cached = memo.get(spec)
  if (cached) return cached
  const defaults = defaultSpec(spec)
  const changed = (Object.keys(defaults) as SpecField[]).filter((field) => spec[field] !== defaults[field])
  const named = spec.data === undefined ? changed : [...changed, 'data' as const]
  const entries = named.sort().map((field): Entries[number] => [field, String(spec[field])])
  memo.set(spec, entries)
  return entries
}

/** The path and query of a spec's permalink, such as `/playground?batchSize=1`. */
export function permalink(spec: ExperimentSpec): string {
  return withQuery(permalinkPage, specQuery(spec))
}

/**
 * The spec of a query that the build has already validated: each text is converted by its field's type and not checked
 * again.
 */
export function trustedSpec(query: Iterable<readonly [string, string]>): ExperimentSpec {
  const defaults = defaultSpec()
  return canonicalSpec(
    Object.fromEntries(Array.from(query, ([field, text]) => [field, valueOf(defaults, field, text)])),
  )
}

/** Converts a text by the type that its field's default has. */
function valueOf(defaults: ExperimentSpec, field: string, text: string): string | number | boolean {
  const kind = typeof defaults[field as SpecField]
  if (kind === 'boolean') return text === 'true'
  return kind === 'number' && text !== 'full' ? Number(text) : text
}
