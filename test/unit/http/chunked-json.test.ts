/** Long answers in pieces are the same answers, and let others in. */
import { describe, expect, it } from 'vitest'

import { compare } from '#experiment/result/comparison.ts'
import { derive, deriveResult } from '#experiment/result/derive.ts'
import { emptyNumbers, type Outcome } from '#experiment/result/numbers.ts'
import { completeSpec, type ExperimentSpec, type PartialSpec } from '#experiment/spec/spec.ts'

import { joined, jsonLength, jsonPieces, deriveYielding } from '../../../worker/http/chunked-json.ts'

/** Numbers without a training: of every size, some of them missing. */
function outcomeOf(spec: ExperimentSpec): Outcome {
  const numbers = emptyNumbers(spec)
  for (let place = 0; place < numbers.length; place += place % 7 === 6 ? 2 : 1) numbers[place] = (place % 997) / 997
  return { digest: 'd', fingerprint: 'f', numbers }
}

const largest = completeSpec({ seeds: 200, epochs: 500, hiddenUnits: 'none' })

describe('a result in pieces', () => {
  it.each<[PartialSpec, { histories: number; curves?: boolean }]>([
    [{ epochs: 1 }, { histories: 0 }],
    [{ epochs: 50 }, { histories: 1 }],
    [{ epochs: 50, seeds: 7 }, { histories: 5 }],
    [
      { epochs: 50, seeds: 7 },
      { histories: 200, curves: false },
    ],
  ])('of %o and %o is the result at once, and its JSON the very text', async (given, extent) => {
    const spec = completeSpec(given)
    const whole = deriveResult(spec, outcomeOf(spec), extent)
    const result = await deriveYielding(spec, outcomeOf(spec), extent)
    expect(result).toEqual(whole)
    const { numbers } = outcomeOf(spec)
    const without = await deriveYielding(spec, outcomeOf(spec), { ...extent, histories: 0 })
    const text = async (of: typeof without) =>
      new TextDecoder().decode(await joined(jsonPieces({ result: of, numbers, histories: extent.histories })))
    expect(await text(without)).toBe(JSON.stringify(whole))
    const comparison = compare(whole, whole)
    expect(await text({ ...without, comparison })).toBe(JSON.stringify({ ...whole, comparison }))
    expect(await text({ ...without, curves: undefined })).toBe(JSON.stringify({ ...whole, curves: undefined }))
  })

  it('lets others in many times while the largest is made', async () => {
    let others = 0
    const other = setInterval(() => others++, 0)
    const result = await deriveYielding(largest, outcomeOf(largest), { histories: 0 })
    const json = await joined(jsonPieces({ result, numbers: outcomeOf(largest).numbers, histories: 200 }))
    clearInterval(other)
    // 1.3 million values are gone through, and as many are written.
    expect(others).toBeGreaterThan(50)
    expect(json.length).toBeGreaterThan(2e6)
  })

  it('is written in short pieces, and its length is known about before', async () => {
    for (const histories of [0, 5, 200]) {
      const result = await deriveYielding(largest, outcomeOf(largest), { histories: 0 })
      const lengths = Array.from(
        jsonPieces({ result, numbers: outcomeOf(largest).numbers, histories }),
        ({ length }) => length,
      )
      const whole = lengths.reduce((sum, length) => sum + length, 0)
      expect(jsonLength(largest, histories) / whole).toBeGreaterThan(0.5)
      expect(jsonLength(largest, histories) / whole).toBeLessThan(2)
      // The statistics of all epochs are one of them.
      expect(Math.max(...lengths)).toBeLessThan(300_000)
    }
  })

  it('goes through few values at once', () => {
    const sizes: number[] = []
    const pieces = derive(largest, outcomeOf(largest), { histories: 200 })
    for (let piece = pieces.next(); !piece.done; piece = pieces.next()) sizes.push(piece.value)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20_000)
  })
})
