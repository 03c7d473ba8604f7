/** The social cards: one for the tutorial and one for each report. */
import type { APIRoute, GetStaticPaths } from 'astro'

import { drawCard } from '#cards/draw.tsx'
import { presets, type Preset } from '#experiment/spec/presets.ts'

import { buildResult } from '../../build/results.ts'

interface Props {
  title: string
  shown: readonly [Preset, ...Preset[]]
}

const swept = presets.filter(({ slug }) => slug.startsWith('batch-size-')) as [Preset, ...Preset[]]

export const getStaticPaths = (() => [
  {
    params: { slug: 'tutorial' },
    props: { title: 'How the batch size controls the stability of training', shown: swept },
  },
  ...presets.map((preset) => ({ params: { slug: preset.slug }, props: { title: preset.title, shown: [preset] } })),
]) satisfies GetStaticPaths

export const GET: APIRoute<Props> = async ({ props: { title, shown } }) => {
  const [first, ...others] = await Promise.all(shown.map(({ spec }) => buildResult(spec, { histories: 1 })))
  return new Response(await drawCard({ title, results: [first!, ...others] }))
}
