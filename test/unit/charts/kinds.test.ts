/** A chart is a file and a row of the table: nothing else decides by its name. */
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'

import { describe, expect, it } from 'vitest'

import { chartNames, chartTypeOf } from '#charts/drawing.tsx'

import { gallery } from '../../../site/src/build/gallery.ts'
import { loadChartType } from '../../../site/src/client/figure/chart-modules.ts'

const sources = globSync(['worker/**/*.{ts,tsx}', 'site/src/**/*.{ts,tsx,astro}'])

describe('a chart', () => {
  it('is told apart by what its row says, not by its name', () => {
    const byName = sources.filter((file) => /\bchart\s*[!=]==?/.test(readFileSync(file, 'utf8')))
    expect(byName).toEqual([])
  })

  it.each(chartNames)(
    'has a file of its name, which figures fetch, and pictures that a reviewer opens: %s',
    async (chart) => {
      expect(await loadChartType(chart)).toBe(chartTypeOf(chart))
      expect(globSync(`test/golden/charts/${chart}*.svg`)).not.toEqual([])
    },
  )

  it('is a row of the table where it has a file', () => {
    const files = globSync('worker/charts/types/*.tsx').filter((file) =>
      /^export default /m.test(readFileSync(file, 'utf8')),
    )
    expect(files.map((file) => basename(file, '.tsx')).toSorted()).toEqual(chartNames.toSorted())
  })

  it('is in the gallery, by its own example where no figure is designed for it', () => {
    const shown = gallery.flatMap(({ figures }) => figures)
    expect(new Set(shown.map(({ chart }) => chart))).toEqual(new Set(chartNames))
    expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length)
  })
})
