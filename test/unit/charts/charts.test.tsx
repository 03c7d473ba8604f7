/**
 * Every chart in every state, as files that a reviewer opens: test/golden/charts. A chart that changed fails, and
 * `npx vitest -u` takes the new picture.
 */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import type { LabeledExamples } from '#charts/axes/labeled-examples.ts'
import { ChartOf, heightOf, type ChartName } from '#charts/drawing.tsx'
import { svgFile } from '#charts/svg-file.ts'
import type { View } from '#charts/view.ts'
import type { PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { days, pictures, tableDrawing } from '../../support/made-tables.ts'

const sizes = { desktop: 720, phone: 328 }
const batchSizes = [4, 8, 16, 32, 64, 128, 256, 450]
const bySize = (given: PartialSpec = {}) => batchSizes.map((batchSize) => ({ ...given, batchSize }))
const byTwo = (given: PartialSpec) =>
  [0.1, 0.01, 0.001].flatMap((learningRate) =>
    ([1, 8, 64, 'full'] as const).map((batchSize) => ({ ...given, learningRate, batchSize })),
  )
const diverging = { learningRate: 10, momentum: 0.99, batchSize: 8 } as const

interface Golden {
  name: string
  chart: ChartName
  given: readonly PartialSpec[]
  view?: Partial<View>
  cursor?: number
  /** An experiment behind the first. */
  pinned?: PartialSpec
  /** A made-up table in place of the dataset, with predictions for it. */
  table?: LabeledExamples
  widths?: (keyof typeof sizes)[]
}

const goldens: Golden[] = [
  { name: 'learning-curves', chart: 'learning-curves', given: [{}], widths: ['desktop', 'phone'] },
  { name: 'learning-curves-seeds', chart: 'learning-curves', given: [{ seeds: 30 }], widths: ['desktop', 'phone'] },
  { name: 'learning-curves-cursor', chart: 'learning-curves', given: [{ batchSize: 'full' }], cursor: 59 },
  { name: 'learning-curves-stochastic', chart: 'learning-curves', given: [{ batchSize: 1 }] },
  {
    name: 'learning-curves-running-loss',
    chart: 'learning-curves',
    given: [{}],
    view: { metric: 'loss', axis: 'updates', train: 'running' },
  },
  { name: 'learning-curves-pinned', chart: 'learning-curves', given: [{ batchSize: 4 }], pinned: { batchSize: 256 } },
  { name: 'learning-curves-diverged', chart: 'learning-curves', given: [diverging] },
  {
    name: 'learning-curves-some-diverged',
    chart: 'learning-curves',
    given: [{ learningRate: 0.7, batchSize: 16, epochs: 60, seeds: 8 }],
  },
  { name: 'small-multiples', chart: 'small-multiples', given: bySize(), widths: ['desktop', 'phone'] },
  { name: 'small-multiples-seeds', chart: 'small-multiples', given: bySize({ seeds: 5 }) },
  {
    name: 'small-multiples-updates',
    chart: 'small-multiples',
    given: bySize(),
    view: { axis: 'updates' },
    cursor: 100,
  },
  {
    name: 'instability',
    chart: 'instability',
    given: [4, 32, 256].map((batchSize) => ({ batchSize })),
    widths: ['desktop', 'phone'],
    cursor: 120,
  },
  { name: 'dataset', chart: 'dataset', given: [{}], widths: ['desktop', 'phone'] },
  { name: 'dataset-ten-classes', chart: 'dataset', given: [{ classes: 10, noise: 1 }], cursor: 500 },
  { name: 'dataset-circles', chart: 'dataset', given: [{ dataset: 'circles' }] },
  { name: 'decision-boundary', chart: 'decision-boundary', given: [{}], widths: ['desktop', 'phone'] },
  { name: 'decision-boundary-moons', chart: 'decision-boundary', given: [{ dataset: 'moons' }] },
  { name: 'decision-boundary-diverged', chart: 'decision-boundary', given: [diverging] },
  { name: 'gradient-noise', chart: 'gradient-noise', given: [{}], widths: ['desktop', 'phone'], cursor: 50 },
  { name: 'gradient-noise-small', chart: 'gradient-noise', given: [{ batchSize: 4 }] },
  {
    name: 'gradient-noise-full',
    chart: 'gradient-noise',
    given: [{ batchSize: 'full' }],
    widths: ['desktop', 'phone'],
  },
  {
    name: 'gradient-noise-growing',
    chart: 'gradient-noise',
    given: [{ batchSize: 4, batchSizeSchedule: '50:32-100:256' }],
  },
  { name: 'gradient-noise-diverged', chart: 'gradient-noise', given: [diverging] },
  { name: 'scatter', chart: 'scatter', given: [{}], widths: ['desktop', 'phone'], cursor: 400 },
  { name: 'scatter-moons', chart: 'scatter', given: [{ dataset: 'moons' }] },
  { name: 'scatter-diverged', chart: 'scatter', given: [diverging] },
  { name: 'scatter-table', chart: 'scatter', given: [{}], table: days, widths: ['desktop', 'phone'] },
  { name: 'dataset-table', chart: 'dataset', given: [{}], table: pictures, cursor: 3 },
  { name: 'confusion', chart: 'confusion', given: [{}], widths: ['desktop', 'phone'], cursor: 5 },
  {
    name: 'confusion-ten-classes',
    chart: 'confusion',
    given: [{ classes: 10, noise: 1 }],
    widths: ['desktop', 'phone'],
  },
  { name: 'confusion-table', chart: 'confusion', given: [{}], table: days, widths: ['desktop', 'phone'] },
  { name: 'confusion-diverged', chart: 'confusion', given: [diverging] },
  { name: 'restless', chart: 'restless', given: [{ batchSize: 4 }], widths: ['desktop', 'phone'], cursor: 0 },
  { name: 'restless-pictures', chart: 'restless', given: [{}], table: pictures, widths: ['desktop', 'phone'] },
  { name: 'restless-table', chart: 'restless', given: [{}], table: days, widths: ['desktop', 'phone'], cursor: 2 },
  { name: 'restless-few-epochs', chart: 'restless', given: [{ epochs: 20 }], widths: ['phone'] },
  { name: 'restless-diverged', chart: 'restless', given: [diverging] },
  { name: 'histogram', chart: 'histogram', given: [{ seeds: 30 }], widths: ['desktop', 'phone'], cursor: 3 },
  {
    name: 'histogram-two',
    chart: 'histogram',
    given: [4, 256].map((batchSize) => ({ batchSize, seeds: 30 })),
    widths: ['desktop', 'phone'],
  },
  {
    name: 'histogram-some-diverged',
    chart: 'histogram',
    given: [{ learningRate: 0.7, batchSize: 16, epochs: 60, seeds: 8 }],
  },
  { name: 'histogram-one-seed', chart: 'histogram', given: [{}], widths: ['phone'] },
  { name: 'sweep', chart: 'sweep', given: bySize({ seeds: 10 }), widths: ['desktop', 'phone'], cursor: 3 },
  {
    name: 'sweep-two-fields',
    chart: 'sweep',
    given: [0.1, 0.01, 0.001].flatMap((learningRate) =>
      ([1, 8, 64, 'full'] as const).map((batchSize) => ({ learningRate, batchSize })),
    ),
  },
  { name: 'map', chart: 'map', given: byTwo({ seeds: 3 }), widths: ['desktop', 'phone'], cursor: 7 },
  { name: 'map-accuracy', chart: 'map', given: byTwo({ seeds: 3 }), view: { value: 'testAccuracy' } },
  { name: 'map-epochs', chart: 'map', given: byTwo({ seeds: 3 }), view: { value: 'epochsTo80' }, widths: ['phone'] },
  {
    name: 'map-diverged',
    chart: 'map',
    given: [0.3, 0.7, 3].flatMap((learningRate) =>
      ([8, 16, 'full'] as const).map((batchSize) => ({ learningRate, batchSize, epochs: 60, seeds: 8 })),
    ),
  },
  { name: 'map-one-field', chart: 'map', given: bySize({ epochs: 60 }), widths: ['phone'] },
]

describe.each(goldens)('$name', ({ name, chart, given, view, cursor, pinned, table, widths = ['desktop'] }) => {
  it('looks as it did', async () => {
    const drawing = table ? await tableDrawing(chart, table, given) : await drawingOf(chart, given, view)
    if (pinned) drawing.pinned = (await drawingOf(chart, [pinned], view)).results[0]
    for (const size of widths) {
      const width = sizes[size]
      const frame = { width, height: heightOf(drawing, width) }
      const svg = svgFile(renderToString(<ChartOf drawing={drawing} {...frame} cursor={cursor} isFile />), 'light')
      expect(svg).toMatch(/<title>[^<]+<\/title><desc>[^<]+<\/desc>/)
      expect(svg).not.toMatch(/NaN|undefined|null|Infinity/)
      await expect(svg).toMatchFileSnapshot(`../../golden/charts/${name}${size === 'desktop' ? '' : `-${size}`}.svg`)
    }
  }, 30_000)
})
