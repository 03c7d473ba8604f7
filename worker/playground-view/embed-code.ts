/**
 * The frame that shows an experiment on another page.
 */
import { headingOf } from '#charts/text/heading.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { viewQuery, type Shown } from './address.ts'

const page = '/embed'
/** How large it is where nothing else is said, in pixels. */
export const frameSize = { width: 640, height: 420 }

/** Its HTML, to be put into any page. What it leads to is shown as here, and has the same settings frozen. */
export function embedCode(spec: ExperimentSpec, shown: Shown, origin: string, { width, height } = frameSize): string {
  const { pin: _, ...alone } = shown
  const address = origin + withQuery(page, new URLSearchParams([...specQuery(spec), ...viewQuery(alone)]))
  const title = headingOf(spec)
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="${width}" height="${height}" loading="lazy" style="border:0"></iframe>`
}

/** Text between the quotes of an attribute. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
