/**
 * Files of charts have what programs need that know little of style sheets: LibreOffice and CairoSVG, as they were
 * measured (7.4 and 2.9).
 */
import { globSync, readFileSync } from 'node:fs'

import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'

import { palettes } from '#charts/colors.ts'
import { svgFile, withAttributes } from '#charts/svg-file.ts'

interface Element {
  name: string
  attributes: Record<string, string>
  /** Its attributes and, where it has none of a name, those of what it stands in. */
  inherited: Record<string, string>
}

/** All elements of a file. */
function elementsOf(svg: string): Element[] {
  const elements: Element[] = []
  const open: Record<string, string>[] = [{}]
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const given = attributes as Record<string, string>
    const inherited = { ...open.at(-1), ...given }
    open.push(inherited)
    elements.push({ name, attributes: given, inherited })
  })
  parser.on('closetag', () => void open.pop())
  parser.write(svg).close()
  return elements
}

const drawn = new Set(['path', 'rect', 'circle', 'line', 'text', 'tspan'])
const color = /^(none|#[0-9a-f]{6})$/

describe.each(globSync('test/golden/charts/*.svg'))('%s', (file) => {
  const svg = readFileSync(file, 'utf8')
  const elements = elementsOf(svg)

  it('has no style sheets, conditions or order of paints: some programs misread each', () => {
    expect(elements.filter(({ name }) => name === 'style')).toEqual([])
    expect(svg).not.toMatch(/@media|paint-order|currentColor|var\(|style=/)
  })

  it('has the color of everything that is drawn as an attribute of the element itself', () => {
    for (const { name, attributes } of elements.filter(
      (element) => drawn.has(element.name) && element.name !== 'tspan',
    )) {
      const { fill, stroke = 'none' } = attributes
      expect([name, attributes, fill]).toEqual([name, attributes, expect.stringMatching(color)])
      expect([name, attributes, stroke]).toEqual([name, attributes, expect.stringMatching(color)])
    }
  })

  it('has the size and the family of its text where every text takes them from', () => {
    const texts = elements.filter(({ name }) => name === 'text')
    expect(texts.length).toBeGreaterThan(0)
    for (const { inherited } of texts) {
      expect(inherited['font-family']).toContain('sans-serif')
      expect(Number(inherited['font-size'])).toBeGreaterThan(8)
    }
  })

  it('has each halo as a text below the text that it surrounds', () => {
    for (const [index, { attributes, name }] of elements.entries()) {
      if (name !== 'text' || attributes['stroke'] === undefined) continue
      expect(attributes).toMatchObject({
        fill: palettes.light.paper,
        stroke: palettes.light.paper,
        'aria-hidden': 'true',
      })
      const above = elements[index + 1]!
      expect([above.name, above.attributes['x'], above.attributes['y']]).toEqual([
        'text',
        attributes['x'],
        attributes['y'],
      ])
      expect(above.attributes['fill']).not.toBe(palettes.light.paper)
    }
  })
})

const svg =
  '<svg class="chart"><g class="train"><path class="line" d="M0 0h9"/></g><text class="test halo" x="1">a &lt; b</text></svg>'

describe('a chart as a file', () => {
  it('takes up the color around an element, and rules for two classes before those for one', () => {
    expect(
      svgFile('<svg class="chart"><g class="train"><path class="line"/><path class="line seeds"/></g></svg>', 'light'),
    ).toMatch(
      new RegExp(
        `<path class="line" fill="none" stroke="${palettes.light.train}" stroke-width="1.25".*stroke-width="0.75"`,
      ),
    )
    expect(svgFile('<svg class="chart"><path class="mark hollow"/></svg>', 'dark')).toContain(
      `fill="${palettes.dark.paper}"`,
    )
  })

  it('that follows the reader’s colors says its condition on the element and in the sheet', () => {
    const file = svgFile(svg, 'auto')
    const sheets = [...file.matchAll(/<style media="([^"]+)">@media ([^{]+) \{/g)]
    expect(sheets.map(([, element]) => element)).toEqual(['(prefers-color-scheme: dark)', '(forced-colors: active)'])
    for (const [, element, sheet] of sheets) expect(sheet).toBe(element)
    // The sheet changes the color around it.
    expect(file).toContain(
      `<g class="train" color="${palettes.light.train}"><path class="line" d="M0 0h9" fill="none" stroke="currentColor"`,
    )
  })

  it('leaves what stands around the charts of a page as it is', () => {
    const page = `<div class="train"><h1 class="line">1 &lt; 2</h1>${svg}<p class="test">after</p></div>`
    const [before, after] = withAttributes(page, 'auto').split(/<svg.*<\/svg>/)
    expect([before, after]).toEqual([
      '<div class="train"><h1 class="line">1 &lt; 2</h1>',
      '<p class="test">after</p></div>',
    ])
  })
})
