/**
 * Distributes the runs of one training over the workers: the first run to the first worker, then to workers that are about
 * to have none left. The shares get smaller towards the end, so that all workers end at about the same time.
 *
 * Source: Polychronopoulos & Kuck, "Guided Self-Scheduling" (1987).
 */

/** The worker that has the first run, and answers questions about it. */
export const firstRunLead = 0

export class RunDistribution {
  readonly #workers: number
  #left: number[]
  /** The runs that each worker has and has not ended. */
  readonly #assigned: Set<number>[]

  /** @param runs to be trained, in ascending order */
  constructor(runs: readonly number[], workers: number) {
    this.#workers = workers
    this.#left = [...runs]
    this.#assigned = Array.from({ length: workers }, () => new Set<number>())
  }

  /**
   * Runs for a worker that has at most one left; none where there are none, or it has enough.
   *
   * @param canLead whether it may have the first run
   */
  take(worker: number, canLead = worker === firstRunLead): number[] {
    const assigned = this.#assigned[worker]!
    if (assigned.size > 1) return []
    const isFirst = this.#left[0] === 0
    // The first run waits for the lead.
    if (isFirst && !canLead) return this.#give(worker, this.#left.splice(1, this.#share()))
    return this.#give(worker, this.#left.splice(0, isFirst ? 1 : this.#share()))
  }

  /** A worker has ended a run. */
  end(worker: number, run: number): void {
    this.#assigned[worker]!.delete(run)
  }

  /** What a worker has: what one that replaces it needs to be told. */
  assignedTo(worker: number): number[] {
    return [...this.#assigned[worker]!]
  }

  #share(): number {
    return Math.ceil(this.#left.length / (2 * this.#workers))
  }

  #give(worker: number, runs: number[]): number[] {
    for (const run of runs) this.#assigned[worker]!.add(run)
    return runs
  }
}
