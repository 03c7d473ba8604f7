/**
 * Parses what a form without JavaScript submits, which is every field, touched or not. The form therefore includes the
 * spec that it started with (`from`), so that untouched settings keep following their defaults, such as the noise of
 * another dataset. Locked settings always keep their values.
 */
import { readSpecOfAnySize, specQuery } from '#experiment/spec/permalink.ts'
import { writeValue } from '#experiment/spec/query.ts'
import { defaultSpec, pageFields, specFields, type ExperimentSpec, type SpecField } from '#experiment/spec/spec.ts'

/** Whether a query comes from a form. */
export function isOfForm(query: URLSearchParams): boolean {
  return query.has('from')
}

/** The query of a form without untouched fields; other queries unchanged. */
export function withoutUntouched(query: URLSearchParams): URLSearchParams {
  if (!isOfForm(query)) return query
  const initial = specOf(query.get('from') ?? '')
  const changed = specQuery(initial)
  const locked = new Set(query.getAll('lock').join(',').split(','))
  const isTouched = ([key, text]: [string, string]) =>
    key !== 'from' &&
    (!isField(key) ||
      (text !== '' && (changed.has(key) || locked.has(key) || text !== writeValue(pageFields, key, initial[key]))))
  return new URLSearchParams(Array.from(query).filter(isTouched))
}

const isField = (key: string): key is SpecField => Object.hasOwn(specFields, key)

/** The spec that the form started with; the default if it cannot be parsed. */
function specOf(from: string): ExperimentSpec {
  try {
    return readSpecOfAnySize(new URLSearchParams(from), {}, 'ignore').spec
  } catch {
    return defaultSpec()
  }
}
