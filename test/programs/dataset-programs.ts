/** The experiments whose Keras and PyTorch programs are run for their data (`datasets.ts`), and what is kept of a run. */
import type { PartialSpec } from '#experiment/spec/spec.ts'

/** Every table, spirals, and every field of the data. */
export const datasetPrograms: readonly PartialSpec[] = [
  { dataset: 'penguins', epochs: 40 },
  { dataset: 'weather', epochs: 40 },
  { dataset: 'digits', epochs: 40 },
  { dataset: 'breastCancer', epochs: 40 },
  { dataset: 'penguins', epochs: 40, examples: 200, labelNoise: 0.2, datasetSeed: 5 },
  { dataset: 'spirals', classes: 3, epochs: 40, scaling: 'standard', features: 'x-y-x2-y2-xy-sinx-siny' },
]

/** One run, as its program printed it. */
export interface KeptDatasetRun {
  seed: number
  train: number
  test: number
  instability: number
  /** The largest difference of an input from ours, in units in the last place of float32. */
  inputsUlp: number
  /** How many labels differ from ours. */
  wrongLabels: number
}
