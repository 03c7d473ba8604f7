/** The build's threads: `pool.run` finds its tasks by name, which no cached number tests. */
import { expect, it } from 'vitest'

import { numbersLength } from '#experiment/result/numbers.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import { threadSecondsOf, trainInThread } from '../../../site/src/build/trainings.ts'

const spec = completeSpec({ epochs: 2, examples: 20 })

it('a thread trains an experiment', async () => {
  const numbers = await trainInThread(spec)
  expect(numbers).toHaveLength(numbersLength(spec))
  expect(numbers.every(Number.isFinite)).toBe(true)
})

it('a thread measures how long a run takes', async () => {
  expect(await threadSecondsOf(spec)).toBeGreaterThan(0)
})
