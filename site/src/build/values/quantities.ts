/** The quantities that the prose can mention, each as a path into the API's answer and a number format. */
import type { ExperimentResult } from '#experiment/result/result.ts'

import { decimals } from './format.ts'

interface Quantity {
  /** Its path in the API's answer: keys joined by dots. */
  path: string
  write: (value: number) => string
}

const accuracy = decimals(3)
const instability = decimals(4)
const unformatted = (value: number) => String(value)

const quantities = {
  train: { path: 'summary.final.trainAccuracy.mean', write: accuracy },
  trainDeviation: { path: 'summary.final.trainAccuracy.sd', write: accuracy },
  test: { path: 'summary.final.testAccuracy.mean', write: accuracy },
  testDeviation: { path: 'summary.final.testAccuracy.sd', write: accuracy },
  testLow: { path: 'summary.final.testAccuracy.p10', write: accuracy },
  testHigh: { path: 'summary.final.testAccuracy.p90', write: accuracy },
  instability: { path: 'summary.instability.mean', write: instability },
  instabilityDeviation: { path: 'summary.instability.sd', write: instability },
  drift: { path: 'summary.drift.mean', write: instability },
  stillLearning: { path: 'summary.stillLearning', write: unformatted },
  epochsTo80: { path: 'summary.epochsTo80.quartiles.1', write: unformatted },
  reached: { path: 'summary.epochsTo80.reached', write: unformatted },
  diverged: { path: 'summary.diverged', write: unformatted },
  seeds: { path: 'summary.runs', write: unformatted },
} as const satisfies Record<string, Quantity>

/** The names of the quantities. */
export type QuantityName = keyof typeof quantities

/** A number with its text and its path in the API's answer. */
export interface QuantityText {
  value: number
  text: string
  path: string
}

/**
 * A quantity of a result, for the prose.
 *
 * @throws Error if the result does not contain the number, so that the prose never mentions a missing one
 */
export function quantityText(result: ExperimentResult, name: QuantityName): QuantityText {
  const { path, write } = quantities[name]
  const value = path.split('.').reduce<unknown>((within, key) => (within as Record<string, unknown>)[key], result)
  if (typeof value !== 'number') throw new Error(`${result.permalink} has no ${path}`)
  return { value, text: write(value), path }
}
