/**
 * What a form without JavaScript sends: every field, touched or not. So it sends along what it began with (`from`), and
 * a setting that nobody touched goes on following its default: another dataset has another noise. One that is frozen
 * follows nothing.
 */
import { readSpecOfAnySize, specQuery } from '#experiment/spec/permalink.ts'
import { writeValue } from '#experiment/spec/query.ts'
import { defaultSpec, specFields, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'

/** Whether a query comes from a form. */
export function isOfForm(query: URLSearchParams): boolean {
  return query.has('from')
}

/** The query of a form without what nobody touched; other queries as they are. */
export function touched(query: URLSearchParams): URLSearchParams {
  if (!isOfForm(query)) return query
  const began = specOf(query.get('from') ?? '')
  const changed = specQuery(began)
  const frozen = new Set(query.getAll('lock').join(',').split(','))
  const isTouched = ([key, text]: [string, string]) =>
    key !== 'from' &&
    (!isField(key) ||
      (text !== '' && (changed.has(key) || frozen.has(key) || text !== writeValue(specFields, key, began[key]))))
  return new URLSearchParams(Array.from(query).filter(isTouched))
}

const isField = (key: string): key is SpecField => Object.hasOwn(specFields, key)

/** The spec that the form began with; the default where that cannot be read. */
function specOf(from: string): ExperimentSpec {
  try {
    return readSpecOfAnySize(new URLSearchParams(from), {}, 'ignore').spec
  } catch {
    return defaultSpec()
  }
}
