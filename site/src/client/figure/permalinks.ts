/**
 * Where a figure leads: its chart as a file, and the address that opens it, each as the reader sees it.
 */
import { curveSwitches, type View } from '#charts/view.ts'
import { withQuery } from '#experiment/spec/query-text.ts'

import { type FigureProps } from './figure-props.ts'
import { writeView } from './view-address.ts'

const shownKeys = [...curveSwitches, 'value'] as const

/** The address of its chart as a file. */
export function chartAddress({ chart, chartQuery, view: built }: FigureProps, view: View): string {
  const query = new URLSearchParams(chartQuery)
  for (const key of shownKeys) if (view[key] !== built[key]) query.set(key, view[key])
  return withQuery(`/charts/${chart}.svg`, query.toString().replaceAll('%2C', ','))
}

/**
 * The address that opens a figure's experiment as the reader sees it, and says what to expect of it; of several, the
 * figure's own place.
 */
export function permalinkOf(given: FigureProps, view: View, id: string, here: string): string {
  const [first, ...others] = given.experiments
  if (others.length > 0) {
    const place = new URL(here)
    place.search = String(writeView(new URLSearchParams(), id, given.view, view)).replaceAll('%2C', ',')
    place.hash = id
    return place.href
  }
  const query = new URLSearchParams(first?.query)
  const chart = new URL(chartAddress(given, view), here).searchParams
  for (const key of curveSwitches) if (chart.has(key)) query.set(key, view[key])
  query.set('expect', first?.fingerprint ?? '')
  query.set('v', given.engine)
  return new URL(withQuery('/playground', String(query)), here).href
}
