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

  it.each([740, 350, 280])('name the line of stock TensorFlow.js beside a pinned one, %i wide', async (width) => {
    const own = await drawingOf('learning-curves', [{ batchSize: 4 }])
    const other = async (given: PartialSpec) => (await drawingOf('learning-curves', [given])).results[0]
    const [pinned, stock] = [await other({ batchSize: 256 }), await other({ batchSize: 4, seed: 2 })]
    const drawn = (behind: object) => {
      const svg = renderToString(<ChartOf drawing={{ ...own, ...behind }} width={width} height={400} />)
      const names = readSvg(svg).texts.filter(({ text }) => ['pin', 'TensorFlow.js'].includes(text))
      const dashed = svg.match(/<path class="line pinned" stroke-dasharray/g) ?? []
      return { names, lines: (svg.match(/class="line pinned"/g) ?? []).length, dashed: dashed.length }
    }
    const both = drawn({ pinned, stock })
    expect(both.names.map(({ text }) => text)).toEqual(['pin', 'TensorFlow.js'])
    for (const { left, right } of both.names) expect([left >= 0, right <= width]).toEqual([true, true])
    // In the whole and in the last quarter; and a piece beside its name.
    expect([both.lines, both.dashed]).toEqual([5, 3])
    const alone = drawn({ stock })
    expect(alone.names.map(({ text }) => text)).toEqual(['TensorFlow.js'])
    expect([alone.lines, alone.dashed]).toEqual([3, 3])
    expect(drawn({ pinned })).toMatchObject({ lines: 2, dashed: 0 })
  })

  it.each([
    ['that is longer', { epochs: 100 }, { epochs: 300 }],
    ['that ends before the last quarter', { epochs: 200 }, { epochs: 50 }],
    ['beside a run that diverged', { learningRate: 10, batchSize: 1 }, {}],
  ] as [string, PartialSpec, PartialSpec][])('name the pinned experiment %s', async (_, shown, pinned) => {
    const own = await drawingOf('learning-curves', [shown])
    const [result] = (await drawingOf('learning-curves', [pinned])).results
    const [stock] = (await drawingOf('learning-curves', [{ ...shown, seed: 2 }])).results
    for (const width of [740, 350, 280]) {
      const namesOf = (behind: object) =>
        readSvg(renderToString(<ChartOf drawing={{ ...own, ...behind }} width={width} height={400} />)).texts.filter(
          ({ text }) => ['pin', 'TensorFlow.js'].includes(text),
        )
      const [name, ...others] = namesOf({ pinned: result })
      expect([name?.text, others.length]).toEqual(['pin', 0])
      expect([name!.left >= 0, name!.right <= width]).toEqual([true, true])
      // Beside the other line's name it is not on top of it.
      const both = namesOf({ pinned: result, stock })
      expect(both.map(({ text }) => text)).toEqual(['pin', 'TensorFlow.js'])
      expect(Math.abs(both[0]!.baseline - both[1]!.baseline)).toBeGreaterThan(12)
    }
  })

  it('hold the pinned experiment too, where they are not given', async () => {
    const calm = await drawingOf('learning-curves', [{ batchSize: 256 }])
    const { results } = await drawingOf('learning-curves', [{ batchSize: 1 }])
    const svg = renderToString(<ChartOf drawing={{ ...calm, pinned: results[0] }} {...size} />)
    const { texts } = readSvg(svg)
    expect(texts.map(({ text }) => text)).toEqual(expect.arrayContaining(['pin', '0.5']))
  })
})
