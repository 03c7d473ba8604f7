import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import type { Run } from '#experiment/result/result.ts'
import { mean, sampleDeviation } from '#experiment/result/statistics.ts'
import { presets } from '#experiment/spec/presets.ts'

import golden from '../../../site/src/build/reports/libraries.json'
import { libraries, programOf, type Kept } from '../../programs/kept.ts'
import { builtPages } from '../../support/built-pages.ts'
import { resultOfSpec } from '../../support/trained.ts'

const kept: Kept = golden
const cases = presets.flatMap((preset) => libraries.map((library) => ({ ...preset, library })))
const runsOf = (slug: string, library: (typeof libraries)[number]) => kept.runs[slug]![library]!.runs

const known = new Map<string, Promise<readonly Run[]>>()

/** Our runs of a preset, over as many seeds as its report has. */
function ownRuns(slug: string): Promise<readonly Run[]> {
  const own = known.get(slug) ?? train(slug)
  known.set(slug, own)
  return own
}

async function train(slug: string): Promise<readonly Run[]> {
  const { spec } = presets.find((preset) => preset.slug === slug)!
  return (await resultOfSpec({ ...spec, seeds: 100 })).runs
}

const quantities = {
  test: ({ final }: Run) => final.testAccuracy,
  train: ({ final }: Run) => final.trainAccuracy,
  instability: ({ instability }: Run) => instability,
}

describe('the runs of the real libraries in the reports', () => {
  it('say what they ran on', () => {
    expect(kept.machine).not.toBe('')
    expect(kept.python).toMatch(/^3\.\d+\.\d+$/)
    expect(Object.keys(kept.libraries).toSorted()).toEqual([...libraries])
    for (const library of libraries) {
      const { versions, startSeconds } = kept.libraries[library]!
      expect(Object.keys(versions)).toEqual(
        expect.arrayContaining(['numpy', 'sklearn', library === 'Keras' ? 'tensorflow' : 'torch']),
      )
      for (const version of Object.values(versions)) expect(version).toMatch(/^\d+\.\d+/)
      expect(startSeconds).toBeGreaterThan(0)
    }
  })

  it('are of the presets, and of no others', () => {
    expect(Object.keys(kept.runs).toSorted()).toEqual(presets.map(({ slug }) => slug).toSorted())
  })

  it.each(cases)('are of the $library program as it is: $slug', ({ slug, spec, library }) => {
    const program = createHash('sha256').update(programOf(spec, library).code).digest('hex')
    expect(kept.runs[slug]![library]!.program).toBe(program)
  })

  it.each(cases)('are complete and within what a run can give: $slug, $library', ({ slug, spec, library }) => {
    const runs = runsOf(slug, library)
    // One after the other from the first seed: none is left out since it did not please.
    expect(runs.map(({ seed }) => seed)).toEqual(runs.map((_, index) => index + 1))
    expect(runs.length).toBeGreaterThanOrEqual(1)
    for (const run of runs) {
      for (const accuracy of [run.test, run.train]) {
        expect(accuracy).toBeGreaterThan(0.3)
        expect(Math.abs(accuracy * 500 - Math.round(accuracy * 500))).toBeLessThan(1e-3)
      }
      expect(run.instability).toBeGreaterThan(0)
      expect(run.instability).toBeLessThan(0.3)
      if (run.epochsTo80 !== null) expect(run.epochsTo80).toBeLessThanOrEqual(spec.epochs)
      expect(run.seconds).toBeGreaterThan(kept.libraries[library]!.startSeconds / 2)
    }
  })

  it.each(cases)(
    'are where ours are: $slug, $library',
    async ({ slug, library }) => {
      const own = await ownRuns(slug)
      for (const [name, of] of Object.entries(quantities) as ['test', (run: Run) => number | null][]) {
        const values = runsOf(slug, library).map((run) => run[name])
        const ours = own.map(of).filter((value) => value !== null)
        const error = sampleDeviation(ours) * Math.sqrt(1 / values.length + 1 / ours.length)
        // Of some 70 comparisons none is further off than this by chance.
        expect([name, Math.abs(mean(values) - mean(ours)) / error]).toEqual([
          name,
          expect.toSatisfy((z: number) => z < 4),
        ])
      }
    },
    60_000,
  )

  it.each(presets)('stand in the report: $slug', async ({ slug }) => {
    const { html } = builtPages().find(({ path }) => path === `/reports/${slug}`)!
    const own = await ownRuns(slug)
    const written = (value: number, digits: number) => value.toFixed(digits).replace('-', '−')
    for (const library of libraries) {
      const runs = runsOf(slug, library)
      for (const [name, of, digits] of [
        ['test accuracy', 'test', 3],
        ['train accuracy', 'train', 3],
        ['instability', 'instability', 4],
      ] as const) {
        const rows = new RegExp(`<tr[^>]*data-library="${library}"[^>]*data-quantity="${name}".*?</tr>`, 's')
        const cells = Array.from(html.match(rows)![0].matchAll(/<td[^>]*>([^<]*)<\/td>/g), ([, text]) => text!.trim())
        const average = mean(runs.map((run) => run[of]))
        const ours = mean(own.map(quantities[of]).filter((value) => value !== null))
        expect(cells.slice(0, 3)).toEqual([library, String(runs.length), written(average, digits)])
        expect(cells[4]).toMatch(/^−?[\d.]+ \(−?[\d.]+ to −?[\d.]+(, without 0)?\)$/)
        const [difference, low, high] = Array.from(cells[4]!.matchAll(/−?[\d.]+/g), ([text]) =>
          Number(text.replace('−', '-')),
        ) as [number, number, number]
        // In no more digits than the interval allows; the mean in its middle; without 0 exactly where it says so.
        const unit = 10 ** Math.floor(Math.log10((high - low) / 2))
        expect(Math.abs(difference - (average - ours))).toBeLessThanOrEqual(0.51 * unit)
        expect(Math.abs((low + high) / 2 - difference)).toBeLessThanOrEqual(1.01 * unit)
        if (low * high !== 0) expect(cells[4]!.includes('without 0')).toBe(low * high > 0)
      }
      for (const version of Object.values(kept.libraries[library]!.versions)) expect(html).toContain(version)
    }
    expect(html).toMatch(/minibatch_keras\.py[^]*minibatch_pytorch\.py[^]*minibatch\.mjs/)
  })
})
