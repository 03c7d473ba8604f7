/** The window of a run's last epochs, over which instability and drift are measured and which charts enlarge. */
import type { ExperimentSpec } from '../spec/spec.ts'

/** The fewest epochs for which instability is measured. */
const fewestEpochs = 40
/** The size of the window as a share of all epochs. */
const share = 1 / 4

/** The number of last epochs that `swa` averages over: a quarter of them, and at least one. */
export function averagedEpochs({ epochs }: Pick<ExperimentSpec, 'epochs'>): number {
  return Math.max(1, Math.floor(epochs * share))
}

/** The number of last epochs that instability and drift are measured over; 0 if there are too few epochs. */
export function windowOf({ epochs }: Pick<ExperimentSpec, 'epochs'>): number {
  return epochs < fewestEpochs ? 0 : Math.floor(epochs * share)
}
