/** What a caller that draws again and again relies on: axes that hold still, and drawing that is quick. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { axesOf } from '#charts/axes/curve-scales.ts'
import { ChartOf, explorerOf } from '#charts/drawing.tsx'
import type { PartialSpec } from '#experiment/spec/spec.ts'

import { drawingOf } from '../../support/drawings.ts'
import { readSvg } from '../../support/svg.ts'

const size = { width: 740, height: 440 }

describe('axes that are given', () => {
  it('hold still whatever the result, and keep it within', async () => {
    const calm = await drawingOf('learning-curves', [{ batchSize: 256 }])
    const wild = await drawingOf('learning-curves', [{ batchSize: 1 }])
    const axes = axesOf(calm.results, calm.view)
    const ticksOf = (drawing: typeof calm) =>
      readSvg(renderToString(<ChartOf drawing={drawing} {...size} />))
        .texts.filter(({ text }) => /^[\d.]+$/.test(text))
        .map(({ text, left, baseline }) => [text, left, baseline])
    expect(ticksOf({ ...wild, axes })).toEqual(ticksOf(calm))
    expect(ticksOf(wild)).not.toEqual(ticksOf(calm))
    const { paths, height } = readSvg(renderToString(<ChartOf drawing={{ ...wild, axes }} {...size} />))
    for (const { points } of paths) for (const { y } of points) expect(y > 0 && y < height).toBe(true)
    expect(explorerOf({ ...wild, axes }, size).stops).toBe(200)
  })

  it.each([740, 350, 280])('name the line of stock TensorFlow.js beside a comparison, %i wide', async (width) => {
    const own = await drawingOf('learning-curves', [{ batchSize: 4 }])
    const other = async (given: PartialSpec) => (await drawingOf('learning-curves', [given])).results[0]
    const [pinned, stock] = [await other({ batchSize: 256 }), await other({ batchSize: 4, seed: 2 })]
    const drawn = (beside: object) => {
      const svg = renderToString(<ChartOf drawing={{ ...own, ...beside }} width={width} height={400} />)
      const names = readSvg(svg).texts.filter(({ text }) => ['A', 'B', 'TensorFlow.js'].includes(text))
      const lines = (name: string) => (svg.match(new RegExp(`class="line ${name}"`, 'g')) ?? []).length
      return { names, lines: ['side-a', 'side-b', 'stock', 'test', 'train'].map(lines) }
    }
    const both = drawn({ pinned, stock })
    expect(both.names.map(({ text }) => text).sort()).toEqual(['A', 'B', 'TensorFlow.js'])
    for (const { left, right } of both.names) expect([left >= 0, right <= width]).toEqual([true, true])
    // In the whole and in the last quarter; of stock TensorFlow.js a piece beside its name, too.
    expect(both.lines).toEqual([2, 2, 3, 0, 0])
    const alone = drawn({ stock })
    expect(alone.names.map(({ text }) => text)).toEqual(['TensorFlow.js'])
    expect(alone.lines).toEqual([0, 0, 3, 2, 2])
    expect(drawn({ pinned }).lines).toEqual([2, 2, 0, 0, 0])
  })

  it('draw the first result as B, or as A where it is A', async () => {
    const own = await drawingOf('learning-curves', [{ batchSize: 4 }])
    const [pinned] = (await drawingOf('learning-curves', [{ batchSize: 256 }])).results
    const lines = (beside: object) => {
      const svg = renderToString(<ChartOf drawing={{ ...own, pinned, ...beside }} {...size} />)
      return ['side-a', 'side-b'].map((name) => new RegExp(`class="line ${name}" d="([^"]*)"`).exec(svg)?.[1])
    }
    const [a, b] = lines({})
    expect(a).not.toBe(b)
    expect(lines({ side: 'A' })).toEqual([b, a])
  })

  it.each([
    ['that is longer', { epochs: 100 }, { epochs: 300 }],
    ['that ends before the last quarter', { epochs: 200 }, { epochs: 50 }],
    ['beside a run that diverged', { learningRate: 10, batchSize: 1 }, {}],
  ] as [string, PartialSpec, PartialSpec][])('name the other experiment %s', async (_, shown, pinned) => {
    const own = await drawingOf('learning-curves', [shown])
    const [result] = (await drawingOf('learning-curves', [pinned])).results
    for (const width of [740, 350, 280]) {
      const svg = renderToString(<ChartOf drawing={{ ...own, pinned: result }} width={width} height={400} />)
      const names = readSvg(svg).texts.filter(({ text }) => ['A', 'B'].includes(text))
      // One that diverged in its first epoch has no line to name.
      const isDrawn = own.results[0].runs[0]!.history!.testAccuracy[0] !== null
      expect(names.map(({ text }) => text).sort()).toEqual(isDrawn ? ['A', 'B'] : ['A'])
      for (const { left, right } of names) expect([left >= 0, right <= width]).toEqual([true, true])
    }
  })

  it('hold the other experiment too, where they are not given', async () => {
    const calm = await drawingOf('learning-curves', [{ batchSize: 256 }])
    const { results } = await drawingOf('learning-curves', [{ batchSize: 1 }])
    const svg = renderToString(<ChartOf drawing={{ ...calm, pinned: results[0] }} {...size} />)
    const { texts } = readSvg(svg)
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['A', '0.5']))
  })
})
