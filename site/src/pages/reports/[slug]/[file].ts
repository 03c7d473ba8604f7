/** The notebooks of the reports' Python programs, as `/reports/batch-size-4/minibatch_keras.ipynb`. */
import type { APIRoute } from 'astro'

import { presets } from '#experiment/spec/presets.ts'
import { notebookType } from '#playground-view/device.ts'

import { programsOf } from '../../../programs/programs.ts'

/** The address of the site, as it was given for the build. */
const site = new URL('/', import.meta.env.SITE).href

export function getStaticPaths() {
  return presets.flatMap(({ slug, spec }) =>
    programsOf(spec, site).flatMap(({ notebook }) =>
      notebook ? [{ params: { slug, file: notebook.file }, props: { text: notebook.text } }] : [],
    ),
  )
}

export const GET: APIRoute = ({ props }) => new Response(props['text'], { headers: { 'Content-Type': notebookType } })
