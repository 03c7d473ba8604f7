/** The drawing of a network. */
import { readFileSync } from 'node:fs'

import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { NetworkDrawing } from '#charts/marks/network-drawing.tsx'
import { exploreNetwork, layoutNetwork, networkHeight, networkInWords } from '#charts/marks/network-layout.ts'
import { svgFile } from '#charts/svg-file.ts'
import type { NetworkView, ShownUnit } from '#experiment/result/network-view.ts'

const unit = (index: number, given: Partial<ShownUnit> = {}): ShownUnit => ({
  index,
  name: `unit ${index + 1}`,
  bias: 0.125,
  strongestIn: { name: 'x', weight: 0.8 },
  strongestOut: { name: 'class 2', weight: -1.1 },
  picture: { values: [1, 0.5, 0, -1], largest: 3 },
  ...given,
})

/** Two inputs, two of fifty units, three classes. */
const view: NetworkView = {
  pictures: 'responses',
  layers: [
    {
      kind: 'input',
      units: 2,
      shown: ['x', 'y'].map((name, index) => unit(index, { name, bias: null, strongestIn: null })),
      weights: [[], []],
    },
    {
      kind: 'hidden',
      units: 50,
      shown: [unit(6), unit(30)],
      weights: [
        [2, -1],
        [0.1, -2],
      ],
    },
    {
      kind: 'output',
      units: 3,
      shown: [0, 1, 2].map((index) => unit(index, { name: `class ${index}`, strongestOut: null, picture: null })),
      weights: [
        [1, 1],
        [-1, 1],
        [1, -1],
      ],
    },
  ],
}
const sizeAt = (width: number) => ({ width, height: networkHeight(view, width) })
const draw = (width: number, cursor?: number) =>
  renderToString(<NetworkDrawing view={view} {...sizeAt(width)} cursor={cursor} />)

/** The page's styles of the drawing, which charts in files have as attributes, for the picture that a reviewer opens. */
const styles = readFileSync('site/src/styles/network.css', 'utf8').replaceAll('.network-figure ', '.chart ')

describe('a network', () => {
  it.each([
    ['network', 700],
    ['network-phone', 328],
  ] as const)('looks as it did: %s', async (name, width) => {
    const svg = svgFile(draw(width), 'light').replace('</svg>', `<style>${styles}</style></svg>`)
    expect(svg).not.toMatch(/NaN|undefined|null|Infinity/)
    await expect(svg).toMatchFileSnapshot(`../../golden/network/${name}.svg`)
  })

  it.each([256, 350, 700])('has its units in columns that do not touch, at %i pixels', (width) => {
    const { columns, size } = layoutNetwork(view, sizeAt(width))
    expect(columns.map(({ units }) => units.length)).toEqual([2, 2, 3])
    columns.forEach(({ x, units }, index) => {
      expect(x - size / 2).toBeGreaterThanOrEqual(0)
      expect(x + size / 2).toBeLessThanOrEqual(width)
      if (index > 0) expect(x - columns[index - 1]!.x).toBeGreaterThan(1.5 * size)
      units.forEach(({ y }, row) => {
        expect(y + size / 2).toBeLessThanOrEqual(networkHeight(view, width))
        if (row > 0) expect(y - units[row - 1]!.y).toBeGreaterThan(size)
      })
    })
  })

  it('is read unit by unit', () => {
    const { stops, read } = exploreNetwork(view, sizeAt(350))
    expect(stops).toBe(7)
    expect([read(0), read(2), read(6)]).toEqual([
      'input x: strongest weight to class 2 −1.10',
      'unit 7 of layer 1: bias 0.13, strongest weight from x 0.80, to class 2 −1.10',
      'class 2: bias 0.13, strongest weight from x 0.80',
    ])
  })

  it('has its units found where they are, and ringed with their weights', () => {
    const { nearest } = exploreNetwork(view, sizeAt(350))
    layoutNetwork(view, sizeAt(350)).units.forEach(({ x, y }, stop) => {
      expect(nearest({ x: x + 9, y: y - 8 })).toBe(stop)
      const [, over] = draw(350, stop).split('chart-over')
      expect(over).toContain('class="ring"')
    })
    expect(nearest({ x: 90, y: 20 })).toBeUndefined()
    expect(draw(350)).not.toContain('class="ring"')
    // Unit 7 has two weights from the inputs and three to the classes.
    const [, over] = draw(350, 2).split('chart-over')
    expect([...over!.matchAll(/M[^ML]+L/g)]).toHaveLength(5)
  })

  it('has lines by sign, the wider the larger in each layer', () => {
    const paths = [...draw(350).matchAll(/class="weight (plus|minus)" stroke-width="([\d.]+)" d="([^"]+)"/g)]
    const of = (sign: string) =>
      paths.flatMap(([, look, width, d]) =>
        look === sign
          ? d!
              .split('M')
              .slice(1)
              .map(() => Number(width))
          : [],
      )
    expect(of('plus').sort((a, b) => a - b)).toEqual([0.3, 3.5, 3.5, 3.5, 3.5, 3.5])
    expect(of('minus').sort((a, b) => a - b)).toEqual([1.9, 3.5, 3.5, 3.5])
  })

  it('has pictures by sign and shade, and discs for units without', () => {
    const svg = draw(350)
    expect(
      [...svg.matchAll(/class="(plus|minus)" fill-opacity="([\d.]+)"/g)].slice(0, 3).map(([, ...of]) => of),
    ).toEqual([
      ['plus', '1'],
      ['plus', '0.5'],
      ['minus', '1'],
    ])
    expect([...svg.matchAll(/<circle class="disc"/g)]).toHaveLength(3)
    for (const text of ['8 of 50', 'NaN']) expect(svg).not.toContain(text)
    for (const text of ['>2 of 50<', '>classes<', '>unit 31<']) expect(svg).toContain(text)
  })

  it('is told in a sentence with what is left out', () => {
    expect(networkInWords(view)).toBe(
      'A network of 2 inputs, 50 units in layer 1 (2 are shown, and 48 more are not), 3 classes. Shown are those with the largest outgoing weights at the end of the run.',
    )
    const whole = { ...view, layers: view.layers.map((layer) => ({ ...layer, units: layer.shown.length })) }
    expect(networkInWords(whole)).toBe('A network of 2 inputs, 2 units in layer 1, 3 classes.')
  })
})
