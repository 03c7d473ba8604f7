import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import type { Step } from '#training/fused/step.ts'

import { gradientPicture } from '../../../../../site/src/client/playground/gradient-plane.tsx'

const step = {
  rows: Uint32Array.of(3, 7),
  plane: {
    batch: [0.5, -0.25],
    change: [0.003, 0.004],
    examples: [
      [2, 1.5],
      [-1, -2],
    ],
  },
} as unknown as Step
const size = { width: 320, height: gradientPicture.height(step, 320) }

describe('the gradients of a batch', () => {
  it('are read one by one: the full gradient, the batch’s, the step, and each example’s', () => {
    const { stops, read } = gradientPicture.explore(step, size)
    expect(Array.from({ length: stops }, (_, stop) => read(stop))).toEqual([
      'all train examples: 1.00 along the gradient of all train examples, 0.00 across it',
      'the batch: 0.50 along the gradient of all train examples, −0.25 across it',
      'the step, reversed: 0.0030 along the gradient of all train examples, 0.0040 across it',
      'example 1 of the batch: 2.00 along the gradient of all train examples, 1.50 across it',
      'example 2 of the batch: −1.00 along the gradient of all train examples, −2.00 across it',
    ])
  })

  it('are found where they end, and ringed', () => {
    const { stops, nearest } = gradientPicture.explore(step, size)
    for (let stop = 0; stop < stops; stop++) {
      const svg = renderToString(gradientPicture.draw(step, { ...size, cursor: stop }))
      const [, x, y] = /class="ring" cx="([\d.-]+)" cy="([\d.-]+)"/.exec(svg)!.map(Number) as [number, number, number]
      expect(nearest({ x: x + 3, y: y - 2 })).toBe(stop)
    }
    expect(nearest({ x: -100, y: -100 })).toBeUndefined()
    expect(renderToString(gradientPicture.draw(step, size))).not.toContain('class="ring"')
  })

  it('have named axes and a legend that says how many times the step is enlarged', () => {
    const svg = renderToString(gradientPicture.draw(step, size))
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
    for (const text of ['along the gradient of all', 'across it, where they differ most', 'all train examples'])
      expect(texts).toContain(text)
    // The batch's gradient has a length of 0.559, the step one of 0.005.
    expect(texts).toContain('the step, × 112')
    const still: Step = { ...step, plane: { ...step.plane, change: [0, 0] } }
    const stopsOf = (one: Step) => gradientPicture.explore(one, size).stops
    expect(stopsOf(still)).toBe(stopsOf(step) - 1)
    expect(renderToString(gradientPicture.draw(still, size))).toContain('The parameters do not move.')
  })
})
