/**
 * The tables that come with Minibatch. Their files are loaded only when a spec asks for one: at once in the Worker and in
 * Node, by a request in a browser, where code that is about to make a dataset awaits {@link loadTable} first.
 */
import { isTable, type DatasetName, type TableName } from '#methods/datasets.ts'
import { tableBytes } from '#tables'

import { decodeTable, type DataTable } from './table-file.ts'

const tables = new Map<TableName, DataTable>()

/**
 * The table of a name. It is shared and must not be modified.
 *
 * @throws Error in a browser if the table has not been loaded
 */
export function tableOf(name: TableName): DataTable {
  const known = tables.get(name)
  if (known) return known
  const bytes = tableBytes(name)
  if (bytes instanceof Promise) throw new Error(`the table ${name} has not been loaded`)
  return remember(name, bytes)
}

/** Loads the table of a dataset, if it has one: afterwards `tableOf` returns it. Undefined if there is nothing to await. */
export function loadTable(name: DatasetName): Promise<void> | undefined {
  if (!isTable(name) || tables.has(name)) return undefined
  const bytes = tableBytes(name)
  if (bytes instanceof Promise) return bytes.then((loaded) => void remember(name, loaded))
  remember(name, bytes)
  return undefined
}

function remember(name: TableName, bytes: ArrayBuffer): DataTable {
  const table = decodeTable(bytes)
  tables.set(name, table)
  return table
}
