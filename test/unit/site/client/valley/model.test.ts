/** The model of the valley: what is simulated agrees with what is calculated. */
import { describe, expect, it } from 'vitest'

import {
  averagesOf,
  curvatures,
  descend,
  lossAt,
  noiseFloor,
  normals,
  overshoots,
  stabilityLimit,
  start,
  stationaryVariance,
  valleyUpdates,
} from '../../../../../site/src/client/valley/model.ts'
import { valleyInWords } from '../../../../../site/src/client/valley/words.ts'

const count = 60_000
const noise = normals(7, 2 * count)
const [flat, steep] = curvatures

const settingsList = [
  { learningRate: 0.05, batchSize: 4, momentum: 0 },
  { learningRate: 0.05, batchSize: 64, momentum: 0 },
  { learningRate: 0.15, batchSize: 4, momentum: 0 },
  { learningRate: 0.05, batchSize: 4, momentum: 0.9 },
  { learningRate: 0.3, batchSize: 16, momentum: 0.8 },
] as const

describe('the noise', () => {
  it('has mean 0 and variance 1', () => {
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length
    expect(Math.abs(mean)).toBeLessThan(0.02)
    expect(noise.reduce((sum, value) => sum + value * value, 0) / noise.length).toBeCloseTo(1, 1)
  })
})

describe.each(settingsList)('with %o', (settings) => {
  const path = descend(settings, noise, count).slice(2000)

  it.each([0, 1] as const)('the variance of parameter %i is the analytic one', (axis) => {
    const variance = path.reduce((sum, place) => sum + place[axis] ** 2, 0) / path.length
    expect(variance / stationaryVariance(settings, curvatures[axis])).toBeGreaterThan(0.9)
    expect(variance / stationaryVariance(settings, curvatures[axis])).toBeLessThan(1.1)
  })

  it('the mean loss is the noise floor', () => {
    const mean = path.reduce((sum, place) => sum + lossAt(place), 0) / path.length
    expect(mean / noiseFloor(settings)).toBeGreaterThan(0.93)
    expect(mean / noiseFloor(settings)).toBeLessThan(1.07)
  })
})

describe('the limit of stability', () => {
  it.each([0, 0.5, 0.9])('with momentum %f: below it the loss vanishes, above it the path diverges', (momentum) => {
    // The learning rate whose limit is the steep curvature.
    const learningRate = (2 * (1 + momentum)) / steep
    expect(stabilityLimit({ learningRate, momentum, batchSize: 'full' })).toBeCloseTo(steep)
    const ends = [0.99, 1.01].map((times) =>
      descend({ learningRate: times * learningRate, momentum, batchSize: 'full' }, undefined, 4000),
    )
    expect(lossAt(ends[0]!.at(-1)!)).toBeLessThan(1e-6)
    expect(lossAt(ends[1]!.at(-1)!)).toBeGreaterThan(1e6)
    expect(noiseFloor({ learningRate: 1.01 * learningRate, momentum, batchSize: 4 })).toBe(Infinity)
  })
})

describe('the overshoot', () => {
  const crosses = (learningRate: number, momentum: number) =>
    descend({ learningRate, momentum, batchSize: 'full' }, undefined, 2000).some(
      ([x]) => x * Math.sign(start[0]) < -1e-9,
    )

  it('comes with momentum only', () => {
    for (const learningRate of [0.005, 0.02, 0.05, 0.1, 0.19]) {
      expect(crosses(learningRate, 0)).toBe(false)
      expect(overshoots({ learningRate, momentum: 0, batchSize: 'full' }, flat)).toBe(false)
    }
    expect(crosses(0.05, 0.9)).toBe(true)
  })

  it('is where the formula says', () => {
    for (const momentum of [0.3, 0.5, 0.7, 0.9])
      for (const learningRate of [0.002, 0.01, 0.05, 0.1, 0.2])
        expect([momentum, learningRate, crosses(learningRate, momentum)]).toEqual([
          momentum,
          learningRate,
          overshoots({ learningRate, momentum, batchSize: 'full' }, flat),
        ])
  })
})

describe('the average of the weights', () => {
  it('has a loss below the noise floor', () => {
    const settings = { learningRate: 0.05, batchSize: 4, momentum: 0.9 } as const
    const losses = [1, 2, 3, 4, 5].map((seed) =>
      lossAt(averagesOf(descend(settings, normals(seed, 2 * valleyUpdates))).at(-1)!),
    )
    expect(losses.reduce((sum, loss) => sum + loss, 0) / 5).toBeLessThan(noiseFloor(settings) / 5)
  })
})

describe('the words', () => {
  it('say what the settings do', () => {
    const words = (learningRate: number, batchSize: number | 'full', momentum: number) =>
      valleyInWords({ learningRate, batchSize, momentum }, undefined)
    expect(words(0.21, 4, 0)).toMatch(/^Above the limit: diverges along the steep axis/)
    expect(words(0.21, 4, 0.5)).toMatch(/^Below the limit/)
    expect(words(0.15, 4, 0)).toContain('zigzags')
    expect(words(0.05, 4, 0.9)).toContain('past the minimum')
    expect(words(0.05, 'full', 0)).toContain('goes to zero')
    expect(words(0.05, 4, 0)).toContain('noise floor')
    expect(words(0.003, 4, 0)).toContain('still on its way')
  })
})
