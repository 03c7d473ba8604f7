/**
 * What decides a dataset, as a text: specs that share it have the same points.
 */
import { datasetFields, type DatasetSpec } from './generator.ts'

/** The key of a spec's dataset. */
export function datasetKey(spec: DatasetSpec): string {
  return JSON.stringify(Object.fromEntries(datasetFields.map((field) => [field, spec[field]])))
}
