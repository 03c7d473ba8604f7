/** What the programs of the datasets printed when they were run (`test/programs/datasets.ts`). */
import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { datasetDescriptions } from '#datasets/dataset.ts'
import { permalink } from '#experiment/spec/permalink.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { datasetNames } from '#methods/datasets.ts'

import kept from '../../golden/dataset-programs.json'
import { datasetPrograms, type KeptDatasetRun } from '../../programs/dataset-programs.ts'
import { libraries, programOf, type Library } from '../../programs/kept.ts'

type Kept = Record<string, Record<Library, { program: string; runs: KeptDatasetRun[] }>>

describe.each(libraries)('the %s program', (library) => {
  it.each(datasetPrograms)('of %o was run as it is, and its network got our examples bit for bit', (given) => {
    const spec = completeSpec(given)
    const { program, runs } = (kept as unknown as Kept)[permalink(spec)]![library]
    expect(program).toBe(createHash('sha256').update(programOf(spec, library).code).digest('hex'))
    expect(runs.length).toBeGreaterThan(0)
    for (const { inputsUlp, wrongLabels, train, test } of runs) {
      expect([inputsUlp, wrongLabels]).toEqual([0, 0])
      // Better than guessing, and no more than all.
      for (const accuracy of [train, test]) {
        expect(accuracy).toBeGreaterThan(1 / spec.classes)
        expect(accuracy).toBeLessThanOrEqual(1)
      }
    }
  })
})

describe('every dataset', () => {
  it.each(datasetNames)('%s says what is to be learned, where it comes from and under which license', (name) => {
    const { title, lesson, source, license } = datasetDescriptions[name]
    expect(title).toMatch(/^[A-Z]/)
    expect(lesson).toMatch(/^[A-Z].*\.$/)
    for (const text of [source, license]) expect(text.length).toBeGreaterThan(5)
  })
})
