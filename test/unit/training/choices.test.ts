import { describe, expect, it } from 'vitest'

import { fingerprint } from '#experiment/result/numbers.ts'
import { controlOf } from '#experiment/spec/controls.ts'
import { InvalidQuery } from '#experiment/spec/errors.ts'
import {
  completeSpec,
  specFields,
  type ExperimentSpec,
  type PartialSpec,
  type SpecField,
} from '#experiment/spec/spec.ts'

import { trainAll } from '../../support/train-all.ts'

/** Small specs, so different that each choice changes the numbers of one of them. */
const bases: PartialSpec[] = [
  { examples: 60, epochs: 8, batchSize: 7, hiddenUnits: '6' },
  { examples: 60, epochs: 8, batchSize: 7, hiddenUnits: '6', optimizer: 'adam', dataset: 'moons' },
]

/** Every word of a choice; of a range of numbers the spec's own and another one. */
function valuesOf(field: SpecField, spec: ExperimentSpec): unknown[] {
  const { allowed } = controlOf(field)
  const current = spec[field]
  const { kind } = allowed
  if (kind === 'choice') return [...allowed.words]
  if (kind === 'flag') return [true, false]
  if (kind === 'whole') return [current, Number(current) + 1]
  if (kind === 'real') return [current, Number(current) / 2 || 0.25]
  if (kind === 'wholeOr') return [current, Number(current) + 1, allowed.word]
  if (kind === 'layers') return [current, 'none', '5', '6-3']
  if (kind === 'list') return [current, ...allowed.words, allowed.words.join('-')]
  return [...('words' in allowed ? allowed.words : []), field === 'batchSizeSchedule' ? '2:9' : '2:0.003']
}

/** The fingerprint of what a spec trains; none where its fields do not go together. */
async function fingerprintOf(given: PartialSpec): Promise<string | undefined> {
  try {
    return await fingerprint(trainAll(completeSpec(given)).numbers)
  } catch (error) {
    if (error instanceof InvalidQuery) return undefined
    throw error
  }
}

describe('any two choices of a field', () => {
  // The engines have tests of their own: they follow the same rules, and differ in the last bits.
  const fields = (Object.keys(specFields) as SpecField[]).filter((field) => field !== 'engine')

  it.each(fields)('%s: train to different numbers in some spec', async (field) => {
    const values = [...new Set(bases.flatMap((base) => valuesOf(field, completeSpec(base))))]
    const byBase = await Promise.all(
      bases.map((base) => Promise.all(values.map((value) => fingerprintOf({ ...base, [field]: value })))),
    )
    const alike = values.flatMap((one, first) =>
      values
        .slice(first + 1)
        .filter((_, index) => {
          const second = first + 1 + index
          return !byBase.some((found) => found[first] && found[second] && found[first] !== found[second])
        })
        .map((other) => `${String(one)} and ${String(other)}`),
    )
    expect(values.length).toBeGreaterThan(1)
    expect(alike).toEqual([])
  })
})
