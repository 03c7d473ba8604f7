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
  /** The test accuracy of its first run, as examples have it; empty before it is trained. */
  curve: string
}

/** The most rows; the oldest without a name go first. */
export const mostLogged = 200
const key = 'minibatch-runs'

export class RunsLog {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'> | undefined
  #rows: readonly LoggedRun[]
  /** Whether the storage has the list as this page left it. */
  #isStored: boolean

  /** @param storage undefined where the browser keeps nothing: the list then lasts as long as the page */
  constructor(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined) {
    this.#storage = storage
    this.#rows = this.#read()
    this.#isStored = storage !== undefined
  }

  get rows(): readonly LoggedRun[] {
    return this.#rows
  }

  /** Puts an experiment on top. One that is there already moves up, and keeps its name. */
  add(result: ExperimentResult): void {
    const rows = this.#newest()
    const query = String(specQuery(result.spec))
    const known = rows.find((row) => row.query === query)
    this.#keep([rowOf(result, known?.name), ...rows.filter((other) => other !== known)])
  }

  /**
   * Puts rows of someone else below each other on top, as far as there is room: nothing of the list goes for them. A row
   * that is there already stays in its place, and gets the other's name if it has none.
   *
   * @returns how many are new in the list, and for how many there was no room
   */
  keep(others: readonly LoggedRun[]): { added: number; left: number } {
    const rows = this.#newest()
    const known = new Set(rows.map(({ query }) => query))
    const names = new Map(others.map(({ query, name }) => [query, name]))
    const strange = others.filter(({ query }) => !known.has(query))
    const added = strange.slice(0, Math.max(0, mostLogged - rows.length))
    const named = rows.map((row) => (row.name === '' ? { ...row, name: names.get(row.query) ?? '' } : row))
    this.#keep([...added, ...named])
    return { added: added.length, left: strange.length - added.length }
  }

  /** Gives a row of the list its numbers, if it has none yet. */
  fill(row: LoggedRun): void {
    this.#keep(
      this.#newest().map((one) => (one.query === row.query && one.curve === '' ? { ...row, name: one.name } : one)),
    )
  }

  rename(query: string, name: string): void {
    this.#keep(this.#newest().map((row) => (row.query === query ? { ...row, name } : row)))
  }

  remove(query: string): void {
    this.#keep(this.#newest().filter((row) => row.query !== query))
  }

  clear(): void {
    this.#keep([])
  }

  /** The list as another tab of the browser may have left it; that of this page where nothing can be stored. */
  #newest(): readonly LoggedRun[] {
    return this.#isStored ? this.#read() : this.#rows
  }

  #keep(rows: readonly LoggedRun[]): void {
    const surplus = rows.length - mostLogged
    const dropped = new Set(rows.filter(({ name }) => name === '').slice(-Math.max(0, surplus)))
    this.#rows = surplus > 0 ? rows.filter((row) => !dropped.has(row)).slice(0, mostLogged) : rows
    try {
      this.#storage?.setItem(key, JSON.stringify(this.#rows))
      this.#isStored = this.#storage !== undefined
    } catch {
      // Storage is full or forbidden: the list lasts as long as the page.
      this.#isStored = false
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

/** The row of a result. */
export function rowOf({ spec, summary, runs }: ExperimentResult, name = ''): LoggedRun {
  return {
    query: String(specQuery(spec)),
    name,
    accuracy: summary.final.testAccuracy.mean,
    instability: summary.instability.mean,
    epochsTo80: summary.epochsTo80.quartiles[1],
    seeds: spec.seeds,
    diverged: summary.diverged,
    curve: curveOf(runs[0]?.history?.testAccuracy ?? []),
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
