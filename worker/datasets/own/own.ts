/**
 * Tables of the visitor's own: each is read in the browser (site/src/client/own-data) and registered under the digest of
 * its canonical form, once in the page and once in each web worker. The Worker never has one.
 */
import { addOwnLimits } from '#methods/datasets.ts'

import { fromRows } from '../bundled/from-table.ts'
import type { DataTable } from '../table-file.ts'

const tables = new Map<string, DataTable>()

/** Makes a table known, from when on specs with its digest can be trained. */
export function addOwnTable(data: string, table: DataTable): void {
  const { featureNames, classNames, labels } = table
  tables.set(data, table)
  addOwnLimits(data, { rows: labels.length, features: featureNames.length, classes: classNames.length })
}

export const own = fromRows(({ data = '' }) => {
  const table = tables.get(data)
  if (!table) throw new Error(`the table ${data} has not been loaded`)
  return table
})
