/**
 * The experiments that a reader has looked at in this browser: what each was, its key numbers and a small curve. They are
 * kept in the browser's storage alone, newest first, and nothing of them is sent anywhere.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import { curveOf } from '#playground-view/examples.ts'

/** A row of the list. */
export interface LoggedRun {
  /** The query of its permalink, by which it is known. */
  query: string
  /** The reader's name for it; empty until there is one. */
  name: string
  accuracy: number | null
  instability: number | null
  /** The median of the epochs to a test accuracy of 0.8. */
  epochsTo80: number | null
  seeds: number
  diverged: number
  /** The test accuracy of its first run, as examples have it. */
  curve: string
}

/** The most rows; the oldest without a name go first. */
export const mostLogged = 200
const key = 'minibatch-runs'

export class RunsLog {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | undefined
  #rows: readonly LoggedRun[]

  /** @param storage undefined where the browser keeps nothing: the list then lasts as long as the page */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    this.#storage = storage
    this.#rows = this.#read()
  }

  get rows(): readonly LoggedRun[] {
    return this.#rows
  }

  /** Puts an experiment on top. One that is there already moves up, and keeps its name. */
  add({ spec, summary, runs }: ExperimentResult): void {
    const query = String(specQuery(spec))
    const known = this.#rows.find((row) => row.query === query)
    const row: LoggedRun = {
      query,
      name: known?.name ?? '',
      accuracy: summary.final.testAccuracy.mean,
      instability: summary.instability.mean,
      epochsTo80: summary.epochsTo80.quartiles[1],
      seeds: spec.seeds,
      diverged: summary.diverged,
      curve: curveOf(runs[0]?.history?.testAccuracy ?? []),
    }
    this.#keep([row, ...this.#rows.filter((other) => other !== known)])
  }

  rename(query: string, name: string): void {
    this.#keep(this.#rows.map((row) => (row.query === query ? { ...row, name } : row)))
  }

  remove(query: string): void {
    this.#keep(this.#rows.filter((row) => row.query !== query))
  }

  clear(): void {
    this.#keep([])
  }

  #keep(rows: readonly LoggedRun[]): void {
    const surplus = rows.length - mostLogged
    const dropped = new Set(rows.filter(({ name }) => name === '').slice(-Math.max(0, surplus)))
    this.#rows = surplus > 0 ? rows.filter((row) => !dropped.has(row)).slice(0, mostLogged) : rows
    try {
      this.#storage?.setItem(key, JSON.stringify(this.#rows))
    } catch {
      // Storage is full or forbidden: the list lasts as long as the page.
    }
  }

  #read(): readonly LoggedRun[] {
    try {
      const rows: unknown = JSON.parse(this.#storage?.getItem(key) ?? '[]')
      return Array.isArray(rows) ? rows.filter(isRow) : []
    } catch {
      return []
    }
  }
}

/** Whether a value from the storage is a row as this version writes it. */
function isRow(value: unknown): value is LoggedRun {
  if (typeof value !== 'object' || value === null) return false
  const row = value as Record<string, unknown>
  const isNumber = (name: string) => row[name] === null || typeof row[name] === 'number'
  return (
    ['query', 'name', 'curve'].every((name) => typeof row[name] === 'string') &&
    ['accuracy', 'instability', 'epochsTo80'].every(isNumber) &&
    ['seeds', 'diverged'].every((name) => typeof row[name] === 'number')
  )
}
