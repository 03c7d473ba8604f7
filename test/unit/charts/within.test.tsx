/** Whatever an experiment gives, its charts stay within their sheet. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { ChartOf, heightOf, type ChartName } from '#charts/drawing.tsx'
import type { View } from '#charts/view.ts'
import type { PartialSpec } from '#experiment/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { extremeSpecs } from '../../support/extreme-specs.ts'
import { readSvg } from '../../support/svg.ts'

const curves: ChartName[] = ['learning-curves', 'small-multiples']
const metrics: View['metric'][] = ['accuracy', 'loss']

async function svgOf(chart: ChartName, given: readonly PartialSpec[], view: Partial<View>, width: number) {
  const drawing = await drawingOf(chart, given, view)
  return renderToString(<ChartOf drawing={drawing} width={width} height={heightOf(drawing, width)} />)
}

describe.each(Object.entries(extremeSpecs))('%s', (name, spec) => {
  it.each(curves.flatMap((chart) => metrics.map((metric) => [chart, metric] as const)))(
    'leaves every line of %s (%s) above the axis',
    async (chart, metric) => {
      for (const seeds of [1, 3]) {
        const { paths, texts } = readSvg(await svgOf(chart, [{ ...spec, seeds }], { metric }, 720))
        const lines = paths.filter(({ classes }) => /line|band/.test(classes))
        // The first tick of the horizontal axis stands 18 px below the area.
        const bottom = Math.max(...texts.filter(({ text }) => text === '0').map(({ baseline }) => baseline - 18))
        expect(bottom).toBeGreaterThan(100)
        if (!name.includes('diverges')) expect(lines.length).toBeGreaterThan(1)
        for (const { points } of lines)
          for (const { y } of points) expect([y >= 0, y <= bottom + 4.1]).toEqual([true, true])
      }
    },
  )
})
