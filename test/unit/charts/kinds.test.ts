/** A chart is a file and a row of the table: nothing else decides by its name. */
import { globSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { chartNames } from '#charts/drawing.tsx'

const sources = globSync(['worker/**/*.{ts,tsx}', 'site/src/**/*.{ts,tsx,astro}'])

describe('a chart', () => {
  it('is told apart by what its row says, not by its name', () => {
    const byName = sources.filter((file) => /\bchart\s*[!=]==?/.test(readFileSync(file, 'utf8')))
    expect(byName).toEqual([])
  })

  it.each(chartNames)('is in the gallery and among the pictures that a reviewer opens: %s', (chart) => {
    const gallery = readFileSync('site/src/pages/figures.astro', 'utf8')
    expect(gallery).toContain(`chart="${chart}"`)
    expect(globSync(`test/golden/charts/${chart}*.svg`)).not.toEqual([])
  })
})
