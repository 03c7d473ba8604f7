import { describe, expect, it } from 'vitest'

import { deriveResult } from '#experiment/result/derive.ts'
import { fingerprint } from '#experiment/result/numbers.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { allKept, type KeptKey } from '../../../site/src/build/kept-results.ts'
import { measure, measureLead, trainInThread } from '../../../site/src/build/trainings.ts'

/** What is kept, by the query of its experiment: runs and curves are of the same numbers. */
const experiments = Map.groupBy(allKept(), ({ spec }) => String(specQuery(spec)))

/** What a key stands for, made again. */
async function again({ name, numbers, spec, pinned }: KeptKey, result: Result): Promise<unknown> {
  if (pinned) return measureLead(spec, pinned)
  if (name === 'runs') return { fingerprint: result.fingerprint, runs: result.runs }
  if (name === 'curves') return result.curves
  return measure(name as never, spec, numbers)
}

type Result = Awaited<ReturnType<typeof resultOf>>

async function resultOf(spec: ExperimentSpec) {
  const numbers = await trainInThread(spec)
  return deriveResult(spec, { digest: '', fingerprint: await fingerprint(numbers), numbers }, { histories: 0 })
}

describe('the results that are kept in the repository', () => {
  it('are those of more than a hundred experiments of many runs', () => {
    expect(experiments.size).toBeGreaterThan(100)
    expect(allKept().filter(({ name }) => name === 'runs').length).toBeGreaterThan(100)
    expect(allKept().filter(({ name, spec }) => name === 'runs' && spec.seeds < 2)).toEqual([])
  })

  it('come out again, bit for bit, when every run is trained again', async () => {
    const different = await Promise.all(
      Array.from(experiments, async ([query, kept]) => {
        const result = await resultOf(kept[0]!.spec)
        const equal = await Promise.all(
          kept.map(async ({ value, ...key }) => {
            const made = await again(key, result)
            return JSON.stringify(made) === JSON.stringify(value)
              ? []
              : [`${key.name} ${key.numbers.join(' ')} ${query}`]
          }),
        )
        return equal.flat()
      }),
    )
    // `npm run build:results` writes them anew.
    expect(different.flat()).toEqual([])
  }, 900_000)
})
