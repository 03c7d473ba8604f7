import { h } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'

import { decimal } from '#charts/text/format.ts'
import { compare } from '#experiment/result/comparison.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { comparedInWords, fieldsApart, nameBeside } from '#playground-view/comparison-text.ts'
import { differenceText } from '#playground-view/difference-text.ts'
import { SeedDifferences } from '#playground-view/verdict.tsx'

import { resultFor } from '../../../site/src/build/values/experiments.ts'

const [four, mini, again] = (await Promise.all(
  ['batchSize=4&seeds=30', 'seeds=30', 'seeds=30'].map((query) => resultFor(query)),
)) as [ExperimentResult, ExperimentResult, ExperimentResult]

describe('two experiments in words', () => {
  it('are named by what sets them apart', () => {
    const pinned = completeSpec({ batchSize: 4, learningRate: 0.001 })
    const spec = completeSpec({ batchSize: 'full', seeds: 30 })
    expect(fieldsApart(spec, pinned)).toEqual(['learningRate', 'batchSize'])
    expect(nameBeside(spec, pinned)).toBe('learning rate 0.01, full batch (500)')
    expect(nameBeside(pinned, spec)).toBe('learning rate 0.001, batch size 4')
  })

  it('differ by so much, with half of the interval, where chance does not explain it', () => {
    const { low, high, value } = compare(mini, four).quantities.instability.difference
    const words = comparedInWords(compare(mini, four), mini.spec, four.spec)
    expect(words[0]).toMatch(/^In 30 seeds, batch size 32 is calmer than batch size 4 by 0\.01\d+\s±\s0\.00\d+\.$/)
    const [size = 0, half = 0] = words[0]!.match(/0\.\d+/g)!.map(Number)
    expect(size).toBeCloseTo(-value!, 3)
    expect(half).toBeGreaterThanOrEqual((high! - low!) / 2)
    expect(half).toBeLessThan((high! - low!) / 2 + 0.001)
    expect(comparedInWords(compare(four, mini), four.spec, mini.spec)[0]).toContain(
      'batch size 4 is rougher than batch size 32',
    )
  })

  it('have digits enough to tell the difference from 0, where it is told', () => {
    const comparison = compare(mini, four)
    const { testAccuracy } = comparison.quantities
    const difference = { ...testAccuracy.difference, value: -0.0167, low: -0.0322, high: -0.0012 }
    const quantities = { ...comparison.quantities, testAccuracy: { ...testAccuracy, difference } }
    expect(comparedInWords({ ...comparison, quantities }, mini.spec, four.spec)[1]).toMatch(
      /is less accurate than batch size 4 by 0\.017\s±\s0\.016\.$/,
    )
    expect(differenceText({ ...testAccuracy, difference }, 3)).toMatch(/^−0\.017\s±\s0\.016$/)
    // What is written as 0 has no sign.
    expect(differenceText({ ...testAccuracy, difference: { value: -0.0004, low: -0.01, high: 0.0092 } }, 3)).toMatch(
      /^0\.000\s±\s0\.010$/,
    )
    // Where chance explains it there are no more digits than before.
    expect(differenceText({ ...testAccuracy, difference: { ...difference, high: 0.0012, value: -0.0155 } }, 3)).toMatch(
      /^−0\.02\s±\s0\.02$/,
    )
  })

  it('do not differ where the interval holds 0', async () => {
    const near = await resultFor('batchSize=31&seeds=30')
    const { low, high } = compare(mini, near).quantities.testAccuracy.difference
    expect(low! <= 0 && high! >= 0).toBe(true)
    expect(comparedInWords(compare(mini, near), mini.spec, near.spec)[1]).toMatch(
      /^In 30 seeds, test accuracy does not differ by more than chance: the difference is between −0\.\d+ and 0\.\d+\.$/,
    )
  })

  it('are the same where every pair is', () => {
    const other = { ...again, spec: { ...again.spec, datasetSeed: 3 } }
    expect(comparedInWords(compare(mini, other), mini.spec, other.spec)[0]).toBe(
      'In 30 seeds, both have the same instability, run by run.',
    )
  })

  it('are one where nothing sets them apart', () => {
    expect(comparedInWords(compare(mini, again), mini.spec, again.spec)).toEqual([
      'A and B are the same experiment. Change a setting to see what it does.',
    ])
  })

  it('of one pair of runs are one sentence, and no chart', () => {
    const one = { ...four, runs: four.runs.slice(0, 1) }
    const comparison = compare(one, mini)
    const { value } = comparison.quantities.instability.difference
    const [sentence, ...others] = comparedInWords(comparison, four.spec, mini.spec)
    expect(others).toEqual([])
    expect(sentence).toContain(
      `With seed 1, batch size 4 compared with batch size 32: instability is higher by ${decimal(value, 4)}, test accuracy is`,
    )
    expect(sentence).toContain('One pair of runs says little: choose more seeds')
    expect(renderToString(h(SeedDifferences, { comparison }))).not.toContain('<svg')
    expect(renderToString(h(SeedDifferences, { comparison: compare(four, mini) }))).toContain('<svg')
  })

  it('say nothing of a difference from fewer than 5 seeds', () => {
    const few = { ...four, runs: four.runs.slice(0, 3) }
    expect(comparedInWords(compare(mini, few), mini.spec, four.spec)[0]).toBe(
      'Only 3 pairs of runs can be compared in instability: choose more seeds to see a difference.',
    )
  })
})
