/**
 * How figures are shown, as part of the page's address: `/?eight-batch-sizes=loss,updates`. So a link and a reload show
 * what the reader saw. What is as built is left out.
 */
import { viewChoices, type View } from '#charts/view.ts'
import { withQuery } from '#experiment/spec/query-text.ts'

import { afterPaint } from '../after-paint.ts'

const keys = Object.keys(viewChoices) as (keyof View)[]

/** The view of a figure that an address asks for; words that are no choice are ignored. */
export function readView(query: URLSearchParams, figure: string, built: View): View {
  const words = (query.get(figure) ?? '').split(',')
  const chosen = keys.map((key) => [key, words.find((word) => isChoice(key, word)) ?? built[key]])
  return Object.fromEntries(chosen) as View
}

/** The query of an address in which a figure is shown in a view. */
export function writeView(query: URLSearchParams, figure: string, built: View, view: View): URLSearchParams {
  const next = new URLSearchParams(query)
  const words = keys.filter((key) => view[key] !== built[key]).map((key) => view[key])
  if (words.length) next.set(figure, words.join(','))
  else next.delete(figure)
  return next
}

/** Writes how the reader wants a figure into the address. The picture first: a browser takes longer for the address. */
export async function keepInAddress(figure: string, built: View, wished: View): Promise<void> {
  await afterPaint()
  const query = String(writeView(new URLSearchParams(location.search), figure, built, wished)).replaceAll('%2C', ',')
  history.replaceState(history.state, '', withQuery(location.pathname, query) + location.hash)
}

/** Choices of different keys have different names, so a word alone says which is meant. */
function isChoice(key: keyof View, word: string): boolean {
  return (viewChoices[key] as readonly string[]).includes(word)
}
