/**
 * The social cards: one for the tutorial, one for each report.
 */
import type { APIRoute, GetStaticPaths } from 'astro'

import { presets, type Preset } from '#experiment/presets.ts'

import { drawCard } from '../../cards/card.ts'
import { resultOf } from '../../results.ts'

const swept = presets.filter(({ slug }) => slug.startsWith('batch-size-'))

export const getStaticPaths = (() => [
  { params: { slug: 'tutorial' }, props: { shown: swept } },
  ...presets.map((preset) => ({ params: { slug: preset.slug }, props: { shown: [preset] } })),
]) satisfies GetStaticPaths

export const GET: APIRoute<{ shown: Preset[] }> = async ({ props }) => {
  const results = await Promise.all(props.shown.map(({ spec }) => resultOf(spec, 1)))
  return new Response(await drawCard(results))
}
