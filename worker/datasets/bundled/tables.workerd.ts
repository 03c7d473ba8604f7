/** The files of the tables in a Worker: modules of its bundle, which wrangler reads as data by their extension. */
import type { TableName } from '#methods/datasets.ts'

import breastCancer from './breastCancer.bin'
import digits from './digits.bin'
import penguins from './penguins.bin'
import weather from './weather.bin'

const files: Readonly<Record<TableName, ArrayBuffer>> = { penguins, weather, digits, breastCancer }

/** The content of a table's file. */
export function tableBytes(name: TableName): ArrayBuffer | Promise<ArrayBuffer> {
  return files[name]
}
