import { describe, expect, it } from 'vitest'

import { compare } from '#experiment/result/comparison.ts'
import { permalink, readSpec } from '#experiment/spec/permalink.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { examples } from '#playground-view/examples.ts'

import { resultFor } from '../../../site/src/build/values/experiments.ts'

const of = (query: string) => resultFor(query ? `${query}&seeds=30` : 'seeds=30')

describe('the playground’s presets', () => {
  it.each(examples.map(({ query }) => query))('%s is a permalink in its canonical form', (query) => {
    const { spec } = readSpec(new URLSearchParams(query), {}, 'refuse')
    expect(String(specQuery(spec))).toBe(query)
    expect(permalink(spec)).toBe(query ? `/playground?${query}` : '/playground')
  })

  it('say of the full batch what is so: calmer and slower than 32, and still learning', async () => {
    const [full, mini] = [await of('batchSize=full'), await of('')]
    expect(compare(full, mini).quantities.instability.difference.high).toBeLessThan(0)
    expect(compare(full, mini).quantities.epochsTo80.difference.low).toBeGreaterThan(0)
    expect(full.summary.stillLearning).toBeGreaterThan(15)
  })

  it('say of batch size 1 what is so: it does not settle, and does with a tenth of the step', async () => {
    const [large, small] = [await of('batchSize=1'), await of('batchSize=1&learningRate=0.001')]
    expect(large.summary.instability.mean).toBeGreaterThan(0.05)
    expect(small.summary.epochsTo80.reached).toBe(30)
    expect(compare(small, large).quantities.instability.ratio.high).toBeLessThan(0.3)
  })

  it('say of the last 50 rows what is so: rough, and far calmer without shuffling', async () => {
    const [shuffled, fixed, fewer] = [
      await of('batchSize=450'),
      await of('batchSize=450&shuffle=false'),
      await of('batchSize=256'),
    ]
    expect(compare(shuffled, fewer).quantities.instability.difference.low).toBeGreaterThan(0)
    expect(compare(fixed, shuffled).quantities.instability.ratio.high).toBeLessThan(0.2)
  })

  it('say of large steps what is so', async () => {
    const [full, larger, mini, tooLarge, diverging] = [
      await of('batchSize=full'),
      await of('batchSize=full&learningRate=0.1'),
      await of(''),
      await of('learningRate=1'),
      await of('batchSize=1&learningRate=0.1'),
    ]
    expect(larger.summary.epochsTo80.quartiles[1]! / full.summary.epochsTo80.quartiles[1]!).toBeLessThan(0.5)
    expect(compare(larger, mini).quantities.testAccuracy.difference.high).toBeGreaterThan(0)
    expect(tooLarge.summary.final.testAccuracy.mean).toBeLessThan(0.5)
    expect(diverging.summary.diverged).toBe(30)
  })

  it('say of the network and the data what is so', async () => {
    const [two, fifty, ten, moons] = [
      await of('hiddenUnits=2'),
      await of(''),
      await of('classes=10'),
      await of('dataset=moons'),
    ]
    expect(two.summary.epochsTo80.reached).toBeLessThan(30)
    expect(two.summary.epochsTo80.quartiles[1]).toBeGreaterThan(fifty.summary.epochsTo80.quartiles[1]!)
    expect(ten.summary.epochsTo80.reached).toBe(0)
    expect(compare(ten, fifty).quantities.instability.difference.low).toBeGreaterThan(0)
    expect(moons.summary.final.testAccuracy.mean).toBeGreaterThan(0.95)
  })
})
