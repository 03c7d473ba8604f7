/** Charts as files look right in programs that know little of style sheets: thumbnails, editors, slides. */
import { globSync, readFileSync } from 'node:fs'

import { Resvg } from '@resvg/resvg-js'
import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'

import { colorsOf, palettes, type Palette } from '#charts/colors.ts'
import { ChartOf, chartNames, heightOf } from '#charts/drawing.tsx'
import { svgFile } from '#charts/svg-file.ts'
import { steps } from '#charts/types/map-colors.ts'

import { drawingOf } from '../../support/drawings.ts'
import { mapColor } from '../../support/map-colors.ts'

const files = globSync('test/golden/charts/*.svg')

/** The pixels of a picture, four bytes each. */
type Rasterizer = (svg: string) => Promise<Uint8Array>
const rasterizers: Record<string, Rasterizer> = {
  'librsvg (sharp)': (svg) => sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer(),
  resvg: async (svg) => new Resvg(svg).render().pixels,
}

/** How many pixels have each color, as `#rrggbb`. */
function countColors(pixels: Uint8Array): Map<string, number> {
  const counts = new Map<string, number>()
  for (let at = 0; at < pixels.length; at += 4) {
    const color = `#${[0, 1, 2].map((channel) => pixels[at + channel]!.toString(16).padStart(2, '0')).join('')}`
    counts.set(color, (counts.get(color) ?? 0) + 1)
  }
  return counts
}

/** The steps of the color scale that a map's cells have. */
function stepsIn(svg: string): number[] {
  const shares = [...svg.matchAll(/class="cell class-1" fill="[^"]+" fill-opacity="([\d.]+)"/g)]
  return [...new Set(shares.map(([, hue]) => steps.findIndex(([of]) => of === Number(hue))))].filter(
    (step) => step >= 0,
  )
}

/** The color that was drawn in place of one: programs mix two colors with different rounding. */
function nearest(counts: ReadonlyMap<string, number>, color: string): string {
  const channels = (text: string) => [1, 3, 5].map((at) => parseInt(text.slice(at, at + 2), 16))
  const isNear = (other: string) =>
    channels(other).every((channel, at) => Math.abs(channel - channels(color)[at]!) <= 2)
  const near = [...counts].filter(([other]) => isNear(other)).toSorted((a, b) => b[1] - a[1])
  return near[0]?.[0] ?? color
}

/** The colors of a picture, of which at least some is there that the drawing has. */
async function expectColors(name: string, svg: string, palette: Palette, pixelsOf: Rasterizer): Promise<void> {
  const colors = colorsOf(palette)
  const pixels = await pixelsOf(svg)
  const counts = countColors(pixels)
  const share = (color: string | undefined) => (counts.get(color ?? '') ?? 0) / (pixels.length / 4)
  // Paper, and where there are regions, those.
  const grounds = [colors['paper'], ...Object.keys(colors).filter((color) => color.startsWith('region'))]
  const ground = grounds.reduce((sum, color) => sum + share(colors[color ?? ''] ?? color), 0)
  const cells = stepsIn(svg).map((step) => share(nearest(counts, mapColor(step, colors))))
  expect([name, ground + cells.reduce((sum, of) => sum + of, 0) > 0.4]).toEqual([name, true])
  // A step that only the legend has is one small box of it.
  for (const [index, of] of cells.entries()) expect([name, index, of > 0.0003]).toEqual([name, index, true])
  expect(share('#000000')).toBeLessThan(0.001)
  // What the drawing has of a color is there.
  if (/class="line test" d="/.test(svg)) expect(share(colors['test'])).toBeGreaterThan(0)
  if (/class="region class-1"/.test(svg)) expect(share(colors['region-1'])).toBeGreaterThan(0.01)
  if (/class="class-0"/.test(svg)) expect(share(colors['class-0'])).toBeGreaterThan(0)
}

describe.each(Object.entries(rasterizers))('%s', (_, pixelsOf) => {
  it.each(files)('draws %s in its colors', async (file) => {
    await expectColors(file, readFileSync(file, 'utf8'), palettes.light, pixelsOf)
  })

  it.each(chartNames)('draws %s dark where a file is, and light where it follows the reader', async (chart) => {
    const drawing = await drawingOf(chart, [{ epochs: 20 }])
    const size = { width: 720, height: heightOf(drawing, 720) }
    const svg = renderToString(h(ChartOf, { drawing, ...size, isFile: true }))
    await expectColors(chart, svgFile(svg, 'dark'), palettes.dark, pixelsOf)
    await expectColors(chart, svgFile(svg, 'auto'), palettes.light, pixelsOf)
  })
})
