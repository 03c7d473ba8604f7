/** Compares an engine's confidences with the reference's probabilities. */
import { expect } from 'vitest'

import type { Predictions } from '#training/predictions.ts'

/** Expects that every confidence is the probability of its class in 255ths, up to the engine's rounding. */
export function expectConfidences({ classes, confidences }: Predictions, probabilities: readonly Float64Array[]): void {
  expect(confidences).toHaveLength(probabilities.length)
  const least = Math.round(255 / probabilities[0]!.length)
  confidences.forEach((confidence, row) => {
    const probability = probabilities[row]![classes[row]!]!
    expect(Math.abs(confidence - 255 * probability)).toBeLessThan(0.51)
    expect(confidence).toBeGreaterThanOrEqual(least)
  })
}
