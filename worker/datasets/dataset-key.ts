/** The cache key of a dataset: the fields that determine its points. Specs with the same key have the same points. */
import type { DatasetSpec } from './dataset.ts'

/** The key of a spec's dataset. */
export function datasetKey({ dataset, examples, classes, noise, datasetSeed, trainFraction }: DatasetSpec): string {
  return JSON.stringify({ dataset, examples, classes, noise, datasetSeed, trainFraction })
}
