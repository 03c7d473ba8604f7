/** The epochs that churn compares, and its mean, without the schema of the whole answer, which is in churn.ts. */
import type { ExperimentSpec } from '../spec/spec.ts'
import { shortest } from './decimal.ts'
import { mean } from './statistics.ts'
import { windowOf } from './window.ts'

/**
 * The epochs after which the test examples are predicted: the one before the window, and those of the window; the last
 * one alone if there is no window. An epoch is given by the number of completed epochs.
 */
export function churnEpochs(spec: Pick<ExperimentSpec, 'epochs'>): number[] {
  const window = windowOf(spec)
  return Array.from({ length: window + 1 }, (_, index) => spec.epochs - window + index)
}

/**
 * The mean over the window of the share of test examples whose predicted class changes from one epoch to the next.
 *
 * @param changed how many examples change after each epoch of the window
 * @returns null if there is no window
 */
export function meanChurn(changed: readonly number[], examples: number): number | null {
  return changed.length ? shortest(Math.fround(mean(changed.map((count) => count / examples)))) : null
}
