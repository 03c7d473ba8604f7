/**
 * The query of a figure's chart as a file: one experiment, or several with lists in the fields that vary.
 */
import type { Drawing } from '#charts/drawing.tsx'
import { completeView } from '#charts/view.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { writeValue } from '#experiment/spec/query.ts'
import { specFields } from '#experiment/spec/spec.ts'

/** The text of the query, without the question mark; view keys only where they are not the default. */
export function sweepQuery({ results, varied, view }: Drawing): string {
  const [{ spec }] = results
  const query = specQuery(spec)
  for (const field of varied) {
    const values = results.map((result) => writeValue(specFields, field, result.spec[field]))
    query.set(field, [...new Set(values)].join(','))
  }
  const usual = completeView()
  for (const key of Object.keys(usual) as (keyof typeof usual)[])
    if (view[key] !== usual[key]) query.set(key, view[key])
  return query.toString().replaceAll('%2C', ',')
}
