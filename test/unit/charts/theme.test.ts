import { describe, expect, it } from 'vitest'

import { palettes } from '#charts/colors.ts'

import { contrast, distance, visions } from '../../support/sight.ts'

describe.each(Object.entries(palettes))('in %s', (_, palette) => {
  it('text has a contrast of 4.5 to the paper', () => {
    const { paper, ink, faint, train, test, diverged } = palette
    for (const color of [ink, faint, train, test, diverged]) expect(contrast(color, paper)).toBeGreaterThanOrEqual(4.5)
  })

  it('marks of every class have a contrast of 3 to the paper', () => {
    for (const color of palette.classes) expect(contrast(color, palette.paper)).toBeGreaterThanOrEqual(3)
  })

  it.each(Object.entries(visions))(
    'train and test, and the first three classes, are distinct with %s',
    (_name, matrix) => {
      expect(distance(palette.train, palette.test, matrix)).toBeGreaterThan(40)
      const [a, b, c] = palette.classes as [string, string, string]
      for (const [one, other] of [
        [a, b],
        [b, c],
        [a, c],
      ] as const)
        expect(distance(one, other, matrix)).toBeGreaterThan(20)
    },
  )
})
