/** The strip of differences between two experiments: a dot a pair, where it is, and what is said of it. */
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { Differences } from '#charts/types/differences.tsx'
import type { ComparedQuantity } from '#experiment/result/result.ts'

import { readSvg } from '../../support/svg.ts'

const unknown = { value: null, low: null, high: null }
const compared = (differences: (number | null)[], difference: ComparedQuantity['difference'] = unknown) => ({
  pairs: differences.filter((value) => value !== null).length,
  missing: differences.filter((value) => value === null).length,
  differences,
  difference,
  ratio: unknown,
})

/** What is drawn of differences of the seeds 1, 2, …: the figure's text and its SVG. */
function drawn(differences: (number | null)[], difference?: ComparedQuantity['difference']) {
  const html = renderToString(
    <Differences
      title="instability"
      digits={4}
      compared={compared(differences, difference)}
      seeds={differences.map((_, index) => index + 1)}
    />,
  )
  const circles = Array.from(
    html.matchAll(/<circle class="test pair" cx="([\d.]+)" cy="([\d.]+)" r="3"/g),
    ([, x, y]) => ({
      x: Number(x),
      y: Number(y),
    }),
  )
  const zero = Number(/<line class="cursor" x1="([\d.]+)"/.exec(html)?.[1])
  return { html, circles, zero }
}

describe('differences', () => {
  it('are a dot for each pair that has one, from left to right by size, and none has none', () => {
    const { circles, zero, html } = drawn([0.02, null, -0.01, 0.01])
    expect(circles).toHaveLength(3)
    const [most, least, middle] = circles.map(({ x }) => x) as [number, number, number]
    expect(least).toBeLessThan(zero)
    expect(middle).toBeGreaterThan(zero)
    expect(most - middle).toBeCloseTo(middle - zero, 0)
    expect(zero - least).toBeCloseTo(most - middle, 0)
    expect(html).toContain('aria-label="Differences in instability of 3 pairs of runs, from −0.0100 to 0.0200"')
    expect(drawn([null, null]).html).toBe('')
  })

  it('stand within the picture, with room at both ends, the equal among them', () => {
    for (const values of [
      [5, 5.1],
      [-0.0001, -0.0002],
      [0, 0],
      [1e6, -1e6],
    ]) {
      const { circles, zero } = drawn(values)
      for (const x of [...circles.map((circle) => circle.x), zero]) {
        expect(x).toBeGreaterThan(8)
        expect(x).toBeLessThan(312)
      }
    }
  })

  it('of neighbors stand at five heights about the middle of the strip, and come again', () => {
    const { circles } = drawn([1, 1, 1, 1, 1, 1])
    expect(circles.map(({ y }) => y)).toEqual([9, 16, 23, 30, 37, 9])
  })

  it('have their mean and its interval drawn and told where there is one', () => {
    const { html, circles } = drawn([0.01, 0.02, 0.03], { value: 0.02, low: 0.005, high: 0.035 })
    const [left, right] = /<path d="M([\d.]+) 23H([\d.]+)"/.exec(html)!.slice(1).map(Number) as [number, number]
    const mean = Number(/<path d="M([\d.]+) 9v28"/.exec(html)?.[1])
    expect(mean).toBeCloseTo(circles[1]!.x, 1)
    expect(left).toBeLessThan(circles[0]!.x)
    expect(right).toBeGreaterThan(circles[2]!.x)
    // The interval is in the picture, too.
    expect(right).toBeLessThan(312)
    expect(html).toContain('instability: the difference, a dot a seed; mean 0.0200</figcaption>')
    expect(drawn([0.01, 0.02]).html).toContain('instability: the difference, a dot a seed</figcaption>')
    expect(drawn([0.01, 0.02]).html).not.toContain('interval')
  })

  it('are no chart of a single pair: one difference is a number', () => {
    expect(drawn([0.01]).html).toBe('')
    expect(drawn([null, 0.01, null]).html).toBe('')
  })

  it('have labels that are whole and apart, whatever the values', () => {
    for (const scale of [1e-4, 1e-3, 0.00123, 0.02, 1, 123, 1e5])
      for (const values of [
        [-1, 1],
        [0, 0],
        [-1, -0.99],
        [0.1, 3],
        [-9, 0.2],
      ]) {
        const { html } = drawn(values.map((value) => value * scale))
        const { texts } = readSvg(html.slice(html.indexOf('<svg'), html.indexOf('</svg>') + 6))
        expect(texts.length).toBeGreaterThan(0)
        texts.forEach(({ left, right }, index) => {
          expect(left).toBeGreaterThanOrEqual(0)
          expect(right).toBeLessThanOrEqual(320)
          if (index > 0) expect(left).toBeGreaterThan(texts[index - 1]!.right)
        })
      }
  })

  it('have ticks with their values, and where there is no difference it says equal', () => {
    const svg = drawn([0.02, -0.02]).html
    const { texts } = readSvg(svg.slice(svg.indexOf('<svg'), svg.indexOf('</svg>') + 6))
    expect(texts.map(({ text }) => text)).toEqual(['−0.02', '−0.01', 'equal', '0.01', '0.02'])
    for (const { baseline } of texts) expect(baseline).toBe(60)
  })
})
