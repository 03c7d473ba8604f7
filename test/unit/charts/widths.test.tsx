/** A chart for every width of the page: one of its drawings is shown, the widest that fits. */
import { renderToString } from 'preact-render-to-string'
import { beforeAll, describe, expect, it } from 'vitest'

import type { Drawing } from '#charts/drawing.tsx'
import learningCurves from '#charts/types/learning-curves.tsx'
import { Drawings, containerWidthOf, widthStyles, type Width } from '#charts/widths.tsx'

import { drawingOf } from '../../support/drawings.ts'

let drawing: Drawing
beforeAll(async () => {
  drawing = await drawingOf('learning-curves', [{ epochs: 40 }])
})

/** The drawings that the rules show in so many pixels, of those that are there. */
function shown(there: readonly number[], pixels: number): number[] {
  const styles = widthStyles()
  const hidden = new Set(
    there.filter((width) => new RegExp(`\\.from-${width}[, ][^}]*\\{ display: none`).test(styles.split('\n')[2]!)),
  )
  const classes = Array.from(
    renderToString(<Drawings kind={learningCurves} subject={drawing} widths={there as Width[]} />).matchAll(
      /from-(\d+)(?: to-(\d+))?"/g,
    ),
    ([, from, to]) => ({ from: Number(from), to: Number(to) }),
  )
  for (const [, room, from, to] of styles.matchAll(
    /^@container \(width >= (\d+)px\) \{ \.from-(\d+) \{ display: block; \} \.to-(\d+) \{ display: none; \} \}$/gm,
  )) {
    if (pixels < Number(room)) continue
    hidden.delete(Number(from))
    for (const one of classes) if (one.to === Number(to)) hidden.add(one.from)
  }
  return there.filter((width) => !hidden.has(width))
}

describe('drawings of a chart', () => {
  it('are one for each width, from narrow to wide, each as large as it says', () => {
    const html = renderToString(<Drawings kind={learningCurves} subject={drawing} widths={[328, 640]} />)
    expect(html).toMatch(/^<div class="figure-drawings"><div class="figure-drawing from-328 to-640"><svg/)
    expect(
      Array.from(html.matchAll(/from-(\d+)(?: to-\d+)?"><svg[^>]*viewBox="0 0 (\d+) /g), ([, name, width]) => [
        name,
        width,
      ]),
    ).toEqual([
      ['328', '328'],
      ['640', '640'],
    ])
  })

  it('are shown from a little less than their own width on, the narrowest in any', () => {
    expect([328, 440, 640, 840, 1120].map((width) => containerWidthOf(width as 328))).toEqual([0, 414, 602, 790, 1053])
  })

  it('are shown one at a time, the widest that there is room for', () => {
    const there = [328, 440, 640, 840]
    expect([280, 413, 414, 601, 602, 789, 790, 1400].map((pixels) => shown(there, pixels))).toEqual([
      [328],
      [328],
      [440],
      [440],
      [640],
      [640],
      [840],
      [840],
    ])
    // Where one is missing, the next narrower one stands in for it.
    expect(shown([328, 640], 500)).toEqual([328])
    expect(shown([328, 440, 640, 840, 1120], 1053)).toEqual([1120])
  })

  it('fill their room', () => {
    expect(widthStyles()).toContain(
      '.figure-picture { container-type: inline-size; }\n.figure-picture svg { display: block; width: 100%; height: auto; }',
    )
  })
})
