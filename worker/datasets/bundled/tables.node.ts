/** The files of the tables in Node. */
import { readFileSync } from 'node:fs'

import type { TableName } from '#methods/datasets.ts'

/** The content of a table's file. */
export function tableBytes(name: TableName): ArrayBuffer {
  return Uint8Array.from(readFileSync(new URL(import.meta.resolve(`#datasets/bundled/${name}.bin`)))).buffer
}
