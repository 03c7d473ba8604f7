/** The cache key of a dataset: the fields that determine its points. Specs with the same key have the same points. */
import { datasetFields, type DatasetSpec } from './generator.ts'

/** The key of a spec's dataset. */
export function datasetKey(spec: DatasetSpec): string {
  return JSON.stringify(Object.fromEntries(datasetFields.map((field) => [field, spec[field]])))
}
