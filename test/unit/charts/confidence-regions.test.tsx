/** Decision regions that are shaded by probability, and the borders between them. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { bordersOf, ConfidenceRegions, hasRegions } from '#charts/marks/confidence-regions.tsx'
import type { Boundary } from '#experiment/result/boundary.ts'

const box = { left: 0, top: 0, right: 200, bottom: 100 }
const [columns, rows] = [100, 50]

/** A boundary whose class at each cell has a probability that depends on the share of the way from left to right. */
function boundaryBy(predict: (x: number) => { label: number; probability: number }) {
  const cells = Array.from({ length: columns * rows }, (_, cell) => predict(((cell % columns) + 0.5) / columns))
  const boundary: Boundary = {
    classes: cells.map(({ label }) => label),
    columns,
    rows,
    extent: { x: [0, 2], y: [0, 1] },
    confidences: cells.map(({ probability }) => Math.round(255 * probability)),
  }
  if (!hasRegions(boundary)) throw new Error('it has regions')
  return boundary
}

/** Two classes: the probability of class 1 grows from 0 to 1, from left to right. */
const slope = boundaryBy((x) => ({ label: Number(x > 0.5), probability: Math.max(x, 1 - x) }))

/** The absolute points of a path's subpaths. */
function pointsOf(d: string): [number, number][][] {
  return [...d.matchAll(/M([^Mz]+)/g)].map(([, text]) => {
    const numbers = text!
      .replaceAll(/[lhv]/g, ' ')
      .match(/-?(?:\d+\.?\d*|\.\d+)/g)!
      .map(Number)
    let [x, y] = [0, 0]
    return Array.from({ length: numbers.length / 2 }, (_, index): [number, number] => [
      (x += numbers[2 * index]!),
      (y += numbers[2 * index + 1]!),
    ])
  })
}

function pathsOf(boundary: Parameters<typeof bordersOf>[0], classes: number) {
  const svg = renderToString(
    <svg>
      <ConfidenceRegions boundary={boundary} box={box} classes={classes} />
    </svg>,
  )
  const all = [...svg.matchAll(/<path class="([^"]+)"(?: fill-rule="evenodd")? d="([^"]+)"/g)]
  return {
    regions: all.filter(([, look]) => look!.startsWith('region')).map(([, look, d]) => ({ look, d: d! })),
    doubts: all.filter(([, look]) => look === 'doubt').map(([, , d]) => d!),
  }
}

describe('decision regions', () => {
  it('meet where the probabilities are equal, between the cells', () => {
    const { regions } = pathsOf(slope, 2)
    expect(regions.map(({ look }) => look)).toEqual(['region class-0', 'region class-1'])
    const xs = pointsOf(regions[1]!.d)
      .flat()
      .map(([x]) => x)
    expect(Math.min(...xs)).toBeCloseTo(100, 0)
    expect(Math.max(...xs)).toBeCloseTo(200, 0)
  })

  it('are fainter in bands that end at 0.6, 0.75 and 0.9', () => {
    const { doubts } = pathsOf(slope, 2)
    const ends = doubts.map((d) => {
      const [, zero, one] = pointsOf(d)
      return [Math.max(...zero!.map(([x]) => x)), Math.min(...one!.map(([x]) => x))]
    })
    const expected = [0.6, 0.75, 0.9].map((step) => [200 * (1 - step), 200 * step])
    ends.forEach((band, index) =>
      band.forEach((end, side) => expect(Math.abs(end - expected[index]![side]!)).toBeLessThan(1)),
    )
  })

  it('have one color where one class is predicted with certainty, and leave classes out that nowhere are', () => {
    const { regions, doubts } = pathsOf(
      boundaryBy(() => ({ label: 1, probability: 1 })),
      3,
    )
    expect(regions.map(({ look }) => look)).toEqual(['region class-1'])
    for (const d of doubts) expect(pointsOf(d)).toHaveLength(2)
  })

  it('are drawn where no class has a probability of a half', () => {
    const third = (x: number) => ({ label: Math.min(2, Math.floor(3 * x)), probability: 0.4 })
    const { regions, doubts } = pathsOf(boundaryBy(third), 3)
    const starts = regions.slice(1).map(({ d }) =>
      Math.min(
        ...pointsOf(d)
          .flat()
          .map(([x]) => x),
      ),
    )
    starts.forEach((start, index) => expect(Math.abs(start - (200 * (index + 1)) / 3)).toBeLessThan(2))
    // Everything is below every step.
    for (const d of doubts) expect(pointsOf(d)).toHaveLength(1)
  })
})

describe('the borders of regions', () => {
  it('are lines from edge to edge, and not the edges themselves', () => {
    const lines = pointsOf(bordersOf(slope, box, 2))
    expect(lines).toHaveLength(1)
    for (const [x] of lines[0]!) expect(Math.abs(x - 100)).toBeLessThanOrEqual(1)
    const ys = lines[0]!.map(([, y]) => y)
    expect([Math.min(...ys), Math.max(...ys)]).toEqual([0, 100])
  })

  it('are none where one class is predicted everywhere', () => {
    const everywhere = boundaryBy(() => ({ label: 2, probability: 0.9 }))
    expect(bordersOf(everywhere, box, 3)).toBe('')
  })
})
