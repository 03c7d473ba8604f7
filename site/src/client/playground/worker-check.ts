/**
 * Asks the Worker for the newest experiment once it has not changed for a moment: to verify what the browser trained, or
 * in its place. One request at a time; when the Worker is busy, the queue of the page waits and repeats it (request.ts).
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { excessOf, timesInWords } from '#experiment/spec/budget.ts'
import { specQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { ownDataInWords } from '#playground-view/own-data-note.tsx'

import { Failure, request, requestResult } from '../request.ts'

/** What is known of the Worker's result. */
export type WorkerCheckStatus =
  | { name: 'resting' }
  | { name: 'asking'; words: string }
  | { name: 'there'; result: ExperimentResult; isNew: boolean }
  | { name: 'failed'; words: string }

/** How long an experiment must not change before the Worker is asked, in milliseconds. */
const debounce = 500

export class WorkerCheck {
  readonly #onStatus: (status: WorkerCheckStatus) => void
  readonly #ask: typeof request
  #asking: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onStatus: (status: WorkerCheckStatus) => void, ask = request) {
    this.#onStatus = onStatus
    this.#ask = ask
  }

  /**
   * Asks for an experiment after a moment, and no longer for the one before. What the Worker would refuse as too large is
   * not asked for.
   *
   * @param isDrawn whether its runs are to be drawn, or only its fingerprint compared
   */
  ask(spec: ExperimentSpec, isDrawn: boolean): void {
    this.cancel()
    if (spec.dataset === 'own') {
      this.#onStatus({ name: 'failed', words: ownDataInWords })
      return
    }
    const excess = excessOf(spec)
    if (excess) {
      const words = `Too large for the Worker to verify: ${timesInWords(excess.times)} its budget.`
      this.#onStatus({ name: 'failed', words })
      return
    }
    this.#onStatus({ name: 'resting' })
    this.#timer = setTimeout(() => void this.#fetch(spec, isDrawn), debounce)
  }

  /** Asks no longer. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
    this.#asking = undefined
  }

  async #fetch(spec: ExperimentSpec, isDrawn: boolean): Promise<void> {
    const asking = new AbortController()
    this.#asking = asking
    this.#onStatus({ name: 'asking', words: 'asking the Worker' })
    const onWait = (seconds: number) =>
      this.#onStatus({ name: 'asking', words: `the Worker is busy, asking again in ${seconds} s` })
    try {
      const options = { isFresh: false, signal: asking.signal, onWait }
      const answer = await requestResult(specQuery(spec), isDrawn ? spec.seeds : 0, options, this.#ask)
      this.#onStatus({ name: 'there', ...answer })
    } catch (error) {
      if (asking.signal.aborted) return
      if (!(error instanceof Failure)) throw error
      this.#onStatus({ name: 'failed', words: error.message })
    }
  }
}
