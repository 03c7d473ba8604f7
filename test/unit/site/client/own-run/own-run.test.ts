/** Your own run: what is typed, and where it falls. */
import { describe, expect, it } from 'vitest'

import { isOutside, rankAmong, rankText } from '../../../../../site/src/client/own-run/rank.ts'
import { readAccuracy } from '../../../../../site/src/client/own-run/read-accuracy.ts'

describe('an accuracy', () => {
  it.each([
    ['0.83', 0.83, 0.01],
    [' 0,83 ', 0.83, 0.01],
    ['.8300', 0.83, 0.0001],
    ['83%', 0.83, 0.01],
    ['83.0 %', 0.83, 0.001],
    ['83', 0.83, 0.01],
    ['val_accuracy: 0.8260', 0.826, 0.0001],
    ['Test accuracy = 0.826', 0.826, 0.001],
    ['1.0', 1, 0.1],
    ['100%', 1, 0.01],
  ])('%j is read', (text, value, unit) => {
    const printed = readAccuracy(text)
    expect(printed).not.toBeTypeOf('string')
    expect((printed as { value: number }).value).toBeCloseTo(value, 12)
    expect((printed as { unit: number }).unit).toBeCloseTo(unit, 12)
  })

  it.each([
    ['', /^Type the accuracy/],
    ['good', /“good” is not read/],
    ['0.8.3', /“0\.8\.3” is not read as an accuracy/],
    ['-0.83', /“-0\.83” is not read/],
    ['.', /“\.” is not read/],
    ['120%', /at most 1, or 100%: “120%” is more/],
    ['830', /at most 1, or 100%/],
    ['1', /“1” has too few digits/],
    ['0', /“0” has too few digits/],
  ])('%j is answered in words', (text, expected) => expect(readAccuracy(text)).toMatch(expected))
})

describe('the place', () => {
  const hits = [400, 410, 415, 415, 420]
  const at = (value: number, unit: number) => rankAmong({ value, unit }, hits, 500)

  it('counts as alike what would be printed alike, and a float32 as the fraction that it is', () => {
    expect(at(0.83, 0.01)).toEqual({ lower: 2, same: 2, higher: 1 })
    expect(at(0.82, 0.001)).toEqual({ lower: 1, same: 1, higher: 3 })
    expect(at(0.8299999833106995, 1e-16)).toEqual({ lower: 2, same: 2, higher: 1 })
    expect(at(0.825, 0.001)).toEqual({ lower: 2, same: 0, higher: 3 })
  })

  it('is outside only where no run is at or beyond it', () => {
    expect(isOutside(at(0.79, 0.001))).toBe(true)
    expect(isOutside(at(0.8, 0.001))).toBe(false)
    expect(isOutside(at(0.85, 0.001))).toBe(true)
    expect(isOutside(at(0.825, 0.001))).toBe(false)
  })

  it('is told with its counts', () => {
    const words = (value: number, unit: number) => rankText(at(value, unit), hits, 500)
    expect(words(0.79, 0.001)).toMatch(/^Lower than all 5 of ours: the lowest is 0\.800\. .*look for a cause/)
    expect(words(0.9, 0.01)).toMatch(/^Higher than all 5 of ours: the highest is 0\.840\./)
    expect(words(0.83, 0.01)).toMatch(/^Yours ends as 2 of 5 runs do; 2 end lower, 1 end higher\./)
    expect(words(0.825, 0.001)).toMatch(/^Yours ends between our runs; 2 end lower, 3 end higher\./)
  })

  it('near an end is called so', () => {
    const many = Array.from({ length: 100 }, (_, run) => 400 + Math.floor(run / 5))
    const words = (value: number) => rankText(rankAmong({ value, unit: 0.001 }, many, 500), many, 500)
    expect(words(0.8)).toContain('near the lower end, but inside')
    expect(words(0.838)).toContain('near the upper end, but inside')
    expect(words(0.82)).not.toContain('near')
  })
})
