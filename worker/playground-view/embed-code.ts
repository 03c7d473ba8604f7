/** The HTML of an iframe that shows an experiment on another page. */
import { headingOf } from '#charts/text/heading.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { viewQuery, type Shown } from './address.ts'

const page = '/embed'
/** The default size of the iframe, in pixels. */
export const frameSize = { width: 640, height: 420 }

/**
 * The HTML of the iframe. The embedded figure has the current view, and the page that it links to has the same locked
 * settings.
 */
export function embedCode(spec: ExperimentSpec, shown: Shown, origin: string, { width, height } = frameSize): string {
  const address = origin + withQuery(page, new URLSearchParams([...specQuery(spec), ...viewQuery(shown)]))
  const title = headingOf(spec)
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="${width}" height="${height}" loading="lazy" style="border:0"></iframe>`
}

/** Escapes text for a quoted attribute. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
