/** Counts the updates that raised the training loss. */
import type { ExperimentResult } from '#experiment/result/result.ts'

/**
 * The share of epochs, over all runs, at whose end the training loss was higher than at the end of the previous epoch.
 */
export function risesIn({ runs }: Pick<ExperimentResult, 'runs'>, from: number, to: number): number {
  let rises = 0
  for (const { history } of runs) {
    const losses = history?.trainLoss ?? []
    for (let epoch = from; epoch <= to; epoch++) if ((losses[epoch - 1] ?? 0) > (losses[epoch - 2] ?? 0)) rises++
  }
  return rises / (runs.length * (to - from + 1))
}
