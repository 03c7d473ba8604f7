/**
 * The query of a figure's chart as a file: one experiment, or several with lists in the fields that vary.
 */
import type { Drawing } from '#charts/drawing.tsx'
import { viewChanges } from '#charts/view.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { listQueryText } from '#experiment/spec/query-text.ts'
import { writeValue } from '#experiment/spec/query.ts'
import { specFields } from '#experiment/spec/spec.ts'

/** The text of the query, without the question mark; view keys only where they are not the default. */
export function chartQueryOf({ results, varied, view }: Drawing): string {
  const [{ spec }] = results
  const query = specQuery(spec)
  for (const field of varied) {
    const values = results.map((result) => writeValue(specFields, field, result.spec[field]))
    query.set(field, [...new Set(values)].join(','))
  }
  for (const [key, choice] of viewChanges(view)) query.set(key, choice)
  return listQueryText(query)
}
