import { expect, it } from 'vitest'

import { deriveResult } from '#experiment/result/derive.ts'
import { curveOf, examples } from '#playground-view/examples.ts'

import { numbersOf, specOf } from '../../support/trained.ts'

it.each(examples)('the small picture of $title is its first run', ({ query, curve }) => {
  const spec = specOf(query)
  const { runs } = deriveResult(spec, { digest: '', fingerprint: '', numbers: numbersOf(spec) }, { histories: 1 })
  expect(curveOf(runs[0]!.history!.testAccuracy)).toBe(curve)
})
