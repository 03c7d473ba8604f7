/**
 * Shared code of the routes with several experiments: their identity, their admission as a whole, and reading stored
 * numbers ahead.
 */
import type { Context } from 'hono'

import { numbersLength, type Outcome } from '#experiment/result/numbers.ts'
import { sha256 } from '#experiment/sha256.ts'
import { estimateOperations } from '#experiment/spec/cost.ts'
import { digest } from '#experiment/spec/digest.ts'
import { addressLimits, storeLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec, SpecField } from '#experiment/spec/spec.ts'
import type { Specs } from '#experiment/spec/sweep.ts'
import { KvStore } from '#results/kv-store.ts'
import type { Caller, Results, Source } from '#results/results.ts'

import { admit } from './admission.ts'
import { slowestSource } from './cached-response.ts'
import { callerOf, type WorkerApp } from './environment.ts'

/** The identity of the experiments of a sweep and of what varies in it; for a single experiment its digest. */
export async function sweepDigest(specs: Specs, varied: readonly SpecField[]): Promise<string> {
  const [first, ...others] = (await Promise.all(specs.map(digest))) as [string, ...string[]]
  return others.length ? sha256(new TextEncoder().encode([first, ...others, ...varied].join(' '))) : first
}

/**
 * Calls `make` with the numbers of each experiment, one after another, because the numbers of a whole sweep could fill
 * the isolate's memory. Also returns the slowest source of the numbers.
 *
 * The sweep is admitted as a whole or not at all: it is admitted once, and its trainings then wait for a slot as long
 * as necessary.
 *
 * @throws TrainingsOffError, RateError or BusyError before anything is trained
 */
export async function eachOutcome<Made>(
  c: Context<WorkerApp>,
  results: Results,
  specs: Specs,
  make: (spec: ExperimentSpec, outcome: Outcome) => Promise<Made>,
): Promise<{ made: Made[]; source: Source }> {
  const made: Made[] = []
  const sources: Source[] = []
  const ticket = new Ticket(c, results, specs)
  const ahead = new ReadAhead(results, specs, ticket.store)
  try {
    for (const spec of specs) {
      await ahead.upTo(spec)
      const { source, ...outcome } = await results.get(spec, ticket.callerFor(spec))
      made.push(await make(spec, outcome))
      sources.push(source)
    }
  } finally {
    ticket.close()
  }
  return { made, source: slowestSource(sources as [Source, ...Source[]]) }
}

/**
 * Reads the stored numbers of a sweep's experiments ahead, several at a time, so that the sweep waits for few of them.
 */
class ReadAhead {
  readonly #results: Results
  readonly #store: KvStore
  /** The experiments that are not being read yet, in order. */
  readonly #left: ExperimentSpec[]
  /** The experiments that have been read or are being read, and are not used yet. */
  readonly #begun = new Set<ExperimentSpec>()

  constructor(results: Results, specs: Specs, store: KvStore) {
    this.#results = results
    this.#store = store
    this.#left = [...specs]
  }

  /** Starts reading an experiment and as many after it as the limits allow. */
  async upTo(spec: ExperimentSpec): Promise<void> {
    const { most, bytes } = storeLimits.ahead
    const held = () => Array.from(this.#begun, bytesOf).reduce((sum, one) => sum + one, 0)
    for (;;) {
      const [next] = this.#left
      if (!next) break
      const isRoom = this.#begun.size < most && held() + bytesOf(next) <= bytes
      if (next !== spec && !isRoom) break
      this.#left.shift()
      this.#begun.add(next)
      await this.#results.readAhead(next, this.#store)
    }
    this.#begun.delete(spec)
  }
}

const bytesOf = (spec: ExperimentSpec) => numbersLength(spec) * Float32Array.BYTES_PER_ELEMENT

/** The work that an experiment takes from the quota of an address. */
const costOf = (spec: ExperimentSpec) => Math.max(estimateOperations(spec), addressLimits.least)

/** The admission of a sweep as a whole. */
class Ticket {
  readonly #c: Context<WorkerApp>
  readonly #results: Results
  readonly #specs: Specs
  /** Experiments that have been paid for but not started, and may still turn out to be cached. */
  readonly #paid = new Set<ExperimentSpec>()
  #giveBack: ((work: number) => void) | undefined
  /** Shared by all experiments, so that what is read ahead for one can be used by another. */
  readonly store: KvStore

  constructor(c: Context<WorkerApp>, results: Results, specs: Specs) {
    this.#c = c
    this.#results = results
    this.#specs = specs
    this.store = new KvStore(c.env.RESULTS)
  }

  /** The caller for one of the experiments. The first one that must be trained pays for all that may have to be. */
  callerFor(spec: ExperimentSpec): Caller {
    const pay = async () => {
      if (!this.#giveBack) await this.#payFor(this.#specs.slice(this.#specs.indexOf(spec)))
      this.#paid.delete(spec)
    }
    return { ...callerOf(this.#c), store: this.store, admit: pay, isPatient: this.#giveBack !== undefined }
  }

  async #payFor(rest: readonly ExperimentSpec[]): Promise<void> {
    const unknown: ExperimentSpec[] = []
    for (const spec of rest) if (!(await this.#results.remembers(spec))) unknown.push(spec)
    const giveBack = await admit(this.#c, sumOf(unknown))
    this.#giveBack = giveBack
    for (const spec of unknown) this.#paid.add(spec)
  }

  /** Returns the work of experiments that did not have to be trained or were not reached. */
  close(): void {
    this.#giveBack?.(sumOf(this.#paid))
    this.#paid.clear()
  }
}

const sumOf = (specs: Iterable<ExperimentSpec>) => Array.from(specs, costOf).reduce((sum, cost) => sum + cost, 0)
