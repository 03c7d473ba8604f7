/**
 * What decides a dataset, as a text: specs that share it have the same points.
 */
import type { DatasetSpec } from './dataset.ts'

/** The key of a spec's dataset. */
export function datasetKey({ dataset, examples, classes, noise, datasetSeed, trainFraction }: DatasetSpec): string {
  return JSON.stringify({ dataset, examples, classes, noise, datasetSeed, trainFraction })
}
