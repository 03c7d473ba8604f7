/** Whatever an experiment gives, its charts stay within their sheet. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { singlePanel } from '#charts/axes/curve-panels.ts'
import { axesOf } from '#charts/axes/curve-scales.ts'
import type { Box } from '#charts/axes/frame.tsx'
import { ChartOf, chartNames, heightOf, type ChartName } from '#charts/drawing.tsx'
import type { View } from '#charts/view.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { extremeSpecs } from '../../support/extreme-specs.ts'
import { readSvg, type DrawnPath } from '../../support/svg.ts'

const metrics: View['metric'][] = ['accuracy', 'loss']
const size = { width: 720, height: 360 }

async function svgOf(chart: ChartName, given: readonly PartialSpec[], view: Partial<View>, width: number) {
  const drawing = await drawingOf(chart, given, view)
  return renderToString(<ChartOf drawing={drawing} width={width} height={heightOf(drawing, width)} />)
}

/** Whether all of a path is in a box; a cross is as high as it is. */
const isIn = ({ points }: DrawnPath, { left, right, top, bottom }: Box) =>
  points.every(({ x, y }) => x >= left - 4.1 && x <= right + 4.1 && y >= top - 4.1 && y <= bottom + 4.1)

describe.each(Object.entries(extremeSpecs))('%s', (name, spec) => {
  it.each(metrics)('leaves every line of %s within its axes', async (metric) => {
    for (const seeds of [1, 3]) {
      const drawing = await drawingOf('learning-curves', [{ ...spec, seeds }], { metric })
      const { results, view } = drawing
      const { whole, detail } = singlePanel(results[0], view, axesOf(results, view), size)
      const { paths } = readSvg(renderToString(<ChartOf drawing={drawing} {...size} />))
      const lines = paths.filter(({ classes }) => /line|band/.test(classes))
      if (!name.includes('diverges')) expect(lines.length).toBeGreaterThan(1)
      for (const line of lines) expect(isIn(line, whole.box) || (detail && isIn(line, detail.box))).toBe(true)
    }
  })

  // As narrow as a file may be, without its edge; a phone; the text column.
  it.each(chartNames.flatMap((chart) => [256, 328, 640].map((width) => [chart, width] as const)))(
    'cuts no text of %s off at %d px',
    async (chart, width) => {
      for (const view of [{}, { metric: 'loss', train: 'running', axis: 'updates' }] as const)
        for (const given of [[spec], [{ ...spec, batchSize: 1 }, { ...spec, batchSize: 'full', seeds: 3 } as const]]) {
          const { texts, height } = readSvg(await svgOf(chart, given, view, width))
          for (const { text, left, right, baseline } of texts)
            expect([text, left >= -1, right <= width + 1, baseline > 10 && baseline < height]).toEqual([
              text,
              true,
              true,
              true,
            ])
        }
    },
  )
})
