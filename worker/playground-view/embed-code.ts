/** The HTML of an iframe that shows an experiment on another page, as a picture or with controls. */
import { headingOf } from '#charts/text/heading.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'

import { viewQuery, type Shown } from './address.ts'

const page = '/embed'
/** The default size of the iframe, in pixels. */
export const frameSize = { width: 640, height: 420 }

interface FrameOptions {
  width: number
  height: number
  /** The settings that the frame has controls for; without any it is a still picture. */
  controls?: readonly SpecField[]
}

/**
 * The HTML of the iframe. The embedded figure has the current view, and the page that it links to has the same locked
 * settings.
 */
export function embedCode(
  spec: ExperimentSpec,
  shown: Shown,
  origin: string,
  { width, height, controls = [] }: FrameOptions = frameSize,
): string {
  const query = new URLSearchParams([...specQuery(spec), ...viewQuery(shown)])
  if (controls.length) query.set('controls', controls.join(','))
  const address = origin + withQuery(page, query)
  const title = headingOf(spec)
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="${width}" height="${height}" loading="lazy" style="border:0"></iframe>`
}

/** Escapes text for a quoted attribute. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
