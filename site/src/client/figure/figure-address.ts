/**
 * The addresses of a figure: how it is shown as part of the page's address (`/?eight-batch-sizes=loss,updates`), its chart
 * as a file, and its permalink. A view is written as what differs from the figure as it was built.
 */
import { curveSwitches, viewChanges, viewChoices, type View } from '#charts/view.ts'
import { listQueryText, withQuery } from '#experiment/spec/query-text.ts'

import { addressQuery, replaceAddressQuery } from '../address.ts'
import { afterPaint } from '../after-paint.ts'
import type { FigureProps } from './figure-props.ts'

/** The view of a figure that a query asks for; words that are no choice are ignored. */
export function readView(query: URLSearchParams, figure: string, built: View): View {
  const words = (query.get(figure) ?? '').split(',')
  // Choices of different switches have different names, so a word alone says which switch is meant.
  const chosen = Object.entries(viewChoices).flatMap(([key, choices]) => {
    const word = words.find((one) => (choices as readonly string[]).includes(one))
    return word === undefined ? [] : [[key, word]]
  })
  return { ...built, ...Object.fromEntries(chosen) }
}

/** The query of an address in which a figure is shown in a view. */
export function writeView(query: URLSearchParams, figure: string, built: View, view: View): URLSearchParams {
  const next = new URLSearchParams(query)
  const words = viewChanges(view, built).map(([, choice]) => choice)
  if (words.length) next.set(figure, words.join(','))
  else next.delete(figure)
  return next
}

/** Writes the view of a figure into the page's address, once the picture is there: a browser takes longer for this. */
export async function keepInAddress(figure: string, built: View, view: View): Promise<void> {
  await afterPaint()
  replaceAddressQuery(writeView(addressQuery(), figure, built, view))
}

/** The address of a figure's chart as a file. */
export function chartAddress({ chart, chartQuery, view: built }: FigureProps, view: View): string {
  const query = new URLSearchParams(chartQuery)
  for (const [key, choice] of viewChanges(view, built)) query.set(key, choice)
  return withQuery(`/charts/${chart}.svg`, listQueryText(query))
}

/**
 * The address that opens a figure's experiment in the playground as the reader sees it, and says what to expect of it; of
 * several experiments, the figure's place in the page.
 *
 * @param page the address of the page
 */
export function permalinkOf(props: FigureProps, view: View, id: string, page: string): string {
  const [first, ...others] = props.experiments
  if (others.length > 0) {
    const place = new URL(page)
    place.search = listQueryText(writeView(new URLSearchParams(), id, props.view, view))
    place.hash = id
    return place.href
  }
  const query = new URLSearchParams(first?.query)
  const chart = new URL(chartAddress(props, view), page).searchParams
  for (const key of curveSwitches) if (chart.has(key)) query.set(key, view[key])
  query.set('expect', first?.fingerprint ?? '')
  query.set('v', props.engine)
  return new URL(withQuery('/playground', String(query)), page).href
}
