/** Tables that the visitor asked this browser to keep, in its IndexedDB. They stay until they are deleted here. */
import type { Recipe } from '#datasets/own/recipe.ts'
import type { DataTable } from '#datasets/table-file.ts'

/** A table with what is known of it. */
export interface KeptTable {
  /** The digest of its canonical form. */
  data: string
  name: string
  labelName: string
  table: DataTable
  recipe?: Recipe
}

const store = 'tables'

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('minibatch-own-data', 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(store, { keyPath: 'data' }))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('IndexedDB cannot be opened')))
  })
}

async function inStore<Value>(
  mode: IDBTransactionMode,
  act: (tables: IDBObjectStore) => IDBRequest<Value>,
): Promise<Value> {
  const database = await opened()
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(store, mode)
      const request = act(transaction.objectStore(store))
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('IndexedDB gave up')))
    })
  } finally {
    database.close()
  }
}

/** Keeps a table. Rejects where the browser forbids it or is full. */
export async function keepTable(kept: KeptTable): Promise<void> {
  await inStore('readwrite', (tables) => tables.put(kept))
}

/** All tables that are kept; none where the browser has no storage. */
export async function keptTables(): Promise<KeptTable[]> {
  try {
    return (await inStore('readonly', (tables) => tables.getAll())) as KeptTable[]
  } catch {
    return []
  }
}

/** Deletes a table that is kept. */
export async function deleteTable(data: string): Promise<void> {
  await inStore('readwrite', (tables) => tables.delete(data))
}
