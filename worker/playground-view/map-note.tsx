/**
 * The note for readers without scripts that a map is trained in the browser, with a link to the picture that the Worker
 * makes of the same settings, where that is within its limits.
 */
import { shareOfBudget } from '#experiment/spec/budget.ts'
import { mostExperiments } from '#experiment/spec/most-experiments.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import { listQueryText } from '#experiment/spec/query-text.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { specWith, variedValues } from '#experiment/spec/varied-values.ts'

import { mapPictureValues, type MapView } from './map-view.ts'

export function MapNote({ spec, map }: { spec: ExperimentSpec; map: MapView }) {
  const picture = mapPicture(spec, map)
  return (
    <noscript>
      <p>
        The map is trained in the browser, with JavaScript.{' '}
        {picture === undefined ? (
          <a href="/api">The API trains sweeps.</a>
        ) : (
          <a href={picture}>The Worker’s picture of such a map</a>
        )}
      </p>
    </noscript>
  )
}

/** The address of a picture of a map; undefined if the Worker would refuse it. */
export function mapPicture(spec: ExperimentSpec, { vary, color, ranges }: MapView): string | undefined {
  const [across, up] = vary
  if (across === undefined) return undefined
  const side = Math.floor(Math.sqrt(mostExperiments.ofMap))
  const columns = variedValues(across, spec, { most: side, other: up, ranges })
  const rows = up === undefined ? [undefined] : variedValues(up, spec, { most: side, other: across, ranges })
  const specs = rows.flatMap((row) =>
    columns.map((column) => specWith(spec, { [across]: column, ...(up === undefined ? {} : { [up]: row }) })),
  )
  const allowed = specs.filter((one) => one !== undefined)
  if (allowed.length === 0 || allowed.length < specs.length || shareOfBudget(allowed) > 1) return undefined
  const query = specQuery(spec)
  query.set(across, columns.join(','))
  if (up !== undefined) query.set(up, rows.join(','))
  query.set('value', mapPictureValues[color])
  return withQuery('/charts/map.svg', listQueryText(query))
}
