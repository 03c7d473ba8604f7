/**
 * The last epochs of a run, over which instability and drift are measured, and which charts enlarge.
 */
import type { ExperimentSpec } from '../spec/spec.ts'

/** Fewer epochs than this say nothing of stability. */
const fewestEpochs = 40
/** The share of the epochs, at the end, that the window has. */
const share = 1 / 4

/** How many epochs, the last ones, `swa` averages over: a quarter of them, and at least one. */
export function averagedEpochs({ epochs }: Pick<ExperimentSpec, 'epochs'>): number {
  return Math.max(1, Math.floor(epochs * share))
}

/** How many epochs, the last ones, instability and drift are of; 0 where there are too few to say. */
export function windowOf({ epochs }: Pick<ExperimentSpec, 'epochs'>): number {
  return epochs < fewestEpochs ? 0 : Math.floor(epochs * share)
}
