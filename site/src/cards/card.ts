/**
 * Social cards: learning curves on paper, and the name of the site. No fonts: letters are strokes, so that a card is the
 * same wherever it is built.
 */
import sharp from 'sharp'

import { palettes } from '#charts/colors.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { box, curvePath } from '../drawings/curves.ts'

const size = { width: 1200, height: 630 }
const colors = palettes.light

/** The letters of the name as strokes: paths on a grid with the baseline at 8, and how far the next one stands. */
const letters: Readonly<Record<string, [path: string, advance: number]>> = {
  m: ['M0 8V3M0 5a2 2 0 0 1 4 0V8M4 5a2 2 0 0 1 4 0V8', 10.4],
  i: ['M0 8V3M0 .4v.01', 2.4],
  n: ['M0 8V3M0 5a2 2 0 0 1 4 0V8', 6.4],
  b: ['M0 8V-.5M0 5.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0', 7.2],
  a: ['M5 8V3M0 5.5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0', 7.3],
  t: ['M1.5 .8V6.5a1.5 1.5 0 0 0 1.5 1.5M0 3h3', 4.4],
  c: ['M4.4 3.9a2.5 2.5 0 1 0 0 3.2', 6.6],
  h: ['M0 8V-.5M0 5a2 2 0 0 1 4 0V8', 4],
}

/** A card with the curves of the first runs of results, side by side, as PNG. */
export async function drawCard(results: readonly ExperimentResult[]): Promise<Uint8Array<ArrayBuffer>> {
  const columns = Math.min(4, results.length)
  const rows = results.length / columns
  const area = { left: 70, top: 170, width: 1060, height: 400 }
  const gap = 24
  const width = (area.width - gap * (columns - 1)) / columns
  const height = (area.height - gap * (rows - 1)) / rows
  const panels = results.map((result, index) => {
    const left = area.left + (index % columns) * (width + gap)
    const top = area.top + Math.floor(index / columns) * (height + gap)
    return `<svg x="${left}" y="${top}" width="${width}" height="${height}" viewBox="1 100 ${box.width - 1} 600" preserveAspectRatio="none">
      <path d="${[200, 400, 600].map((y) => `M0 ${y}H${box.width}`).join('')}" class="grid"/>
      <path d="${curvePath(result, 'trainAccuracy')}" class="train"/>
      <path d="${curvePath(result, 'testAccuracy')}" class="test"/></svg>`
  })
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}">
    <style>path{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round;stroke-linecap:round}
    .grid{stroke:${colors.grid};stroke-width:2}.train{stroke:${colors.train};stroke-width:2}
    .test{stroke:${colors.test};stroke-width:4}.name{stroke:${colors.ink};stroke-width:9}</style>
    <rect width="100%" height="100%" fill="${colors.paper}"/>
    <g transform="translate(72 50) scale(8)">${wordmark()}</g>${panels.join('')}</svg>`
  return new Uint8Array(await sharp(Buffer.from(svg)).png({ palette: true }).toBuffer())
}

function wordmark(): string {
  let x = 0
  return Array.from('minibatch', (letter) => {
    const [path, advance] = letters[letter]!
    const drawn = `<path class="name" transform="translate(${x} 0)" d="${path}"/>`
    x += advance
    return drawn
  }).join('')
}
