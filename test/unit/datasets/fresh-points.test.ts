import { describe, expect, it, vi } from 'vitest'

import { makeDataset } from '#datasets/dataset.ts'
import { freshPoints } from '#datasets/fresh-points.ts'
import { RandomState } from '#datasets/numpy-random.ts'
import { nearestCenterAccuracy } from '#datasets/reference-accuracies.ts'
import { freshExamples } from '#experiment/result/generalization.ts'
import { completeSpec, type PartialSpec } from '#experiment/spec/spec.ts'

const ofClass = (labels: Uint8Array, label: number) => labels.filter((value) => value === label).length

/** Means and deviations of x and y of the points of a class. */
function moments({ coordinates, labels }: ReturnType<typeof freshPoints>, label: number) {
  const rows = Array.from(labels.keys()).filter((row) => labels[row] === label)
  return [0, 1].map((axis) => {
    const values = rows.map((row) => coordinates[2 * row + axis]!)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return { mean, deviation: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length) }
  })
}

describe('fresh points', () => {
  it.each([
    [{}, [6667, 6667, 6666]],
    [{ classes: 10, noise: 0.5 }, Array(10).fill(2000)],
    [{ dataset: 'moons' }, [10_000, 10_000]],
    [{ dataset: 'circles' }, [10_000, 10_000]],
    [{ dataset: 'spirals', classes: 3 }, [6667, 6667, 6666]],
  ] as [PartialSpec, number[]][])('are 20,000, as many of each class: %j', (given, counts) => {
    const { coordinates, labels } = freshPoints(completeSpec(given))
    expect([labels.length, coordinates.length]).toEqual([freshExamples, 2 * freshExamples])
    expect(freshExamples).toBe(20_000)
    expect(counts.map((_, label) => ofClass(labels, label))).toEqual(counts)
    expect(coordinates.every(Number.isFinite)).toBe(true)
  })

  it('of blobs lie around the dataset’s own centers, as wide as its noise', () => {
    for (const datasetSeed of [2, 7]) {
      const spec = completeSpec({ datasetSeed, noise: 3 })
      const fresh = freshPoints(spec)
      makeDataset(spec).centers!.forEach((center, label) =>
        moments(fresh, label).forEach(({ mean, deviation }, axis) => {
          // Within four standard errors.
          expect(Math.abs(mean - center[axis]!)).toBeLessThan((4 * 3) / Math.sqrt(6666))
          expect(Math.abs(deviation - 3)).toBeLessThan((4 * 3) / Math.sqrt(2 * 6666))
        }),
      )
    }
  })

  it('of circles and moons lie along the dataset’s outlines: without noise exactly', () => {
    const circles = freshPoints(completeSpec({ dataset: 'circles', noise: 0 }))
    circles.labels.forEach((label, row) => {
      const radius = Math.hypot(circles.coordinates[2 * row]!, circles.coordinates[2 * row + 1]!)
      expect(Math.abs(radius - (label === 0 ? 1 : 0.5))).toBeLessThan(1e-12)
    })
    const moons = freshPoints(completeSpec({ dataset: 'moons', noise: 0 }))
    moons.labels.forEach((label, row) => {
      const [x, y] = [moons.coordinates[2 * row]!, moons.coordinates[2 * row + 1]!]
      expect(Math.hypot(x - label, y - label / 2)).toBeCloseTo(1, 12)
    })
  })

  it('come from numbers that no dataset takes: the largest takes about half as many as are left out', () => {
    const drawn = vi.spyOn(RandomState.prototype, 'uint32')
    for (const given of [
      { dataset: 'blobs', classes: 10 },
      { dataset: 'moons' },
      { dataset: 'circles' },
      { dataset: 'spirals', classes: 5 },
    ] as const)
      for (const datasetSeed of [0, 1, 2, 4294967295]) {
        drawn.mockClear()
        makeDataset(completeSpec({ ...given, datasetSeed, examples: 5000 }))
        expect(drawn.mock.calls.length).toBeGreaterThan(25_000)
        expect(drawn.mock.calls.length).toBeLessThan(40_000)
      }
    drawn.mockRestore()
  }, 20_000)

  it('share no point with the dataset, and are the same however many points that has', () => {
    const spec = completeSpec({ examples: 5000 })
    const xs = new Set(freshPoints(spec).coordinates)
    expect(makeDataset(spec).coordinates.filter((value) => xs.has(value))).toHaveLength(0)
    expect(freshPoints(completeSpec({ examples: 10, trainFraction: 0.3 }))).toEqual(freshPoints(spec))
    expect(freshPoints(completeSpec({ datasetSeed: 3 })).coordinates[0]).not.toBe(freshPoints(spec).coordinates[0])
  })

  it('of the tutorial’s clusters are told apart by the nearest true center as often as theory says', () => {
    const spec = completeSpec({})
    const centers = makeDataset(spec).centers!
    // The density of the likeliest class, over the plane in cells of 0.1, with a deviation of 2 and equal shares.
    let exact = 0
    for (let x = -25; x < 25; x += 0.1)
      for (let y = -25; y < 25; y += 0.1) {
        const nearest = Math.min(...centers.map(([a, b]) => (x - a) ** 2 + (y - b) ** 2))
        exact += (0.01 * Math.exp(-nearest / 8)) / (8 * Math.PI * 3)
      }
    expect(exact).toBeCloseTo(0.8224, 4)
    const accuracyOf = ({ coordinates, labels }: ReturnType<typeof freshPoints>) =>
      nearestCenterAccuracy({ ...makeDataset(spec), coordinates, labels, trainExamples: 0, centers }, 'test')
    expect(Math.abs(accuracyOf(freshPoints(spec)) - exact)).toBeLessThan(2 * 0.0027)
  })
})
