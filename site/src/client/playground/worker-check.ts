/**
 * The Worker's side: what the edge says of the newest experiment, once the hand rests. One request at a time; the page's
 * one queue waits out what the Worker asks it to.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { excessOf, timesInWords, type Excess } from '#experiment/spec/budget.ts'
import { specQuery, withQuery } from '#experiment/spec/permalink.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { Failure, isComputedNow, request } from '../request.ts'

/** What is known of the Worker's result. */
export type WorkerCheckStatus =
  | { name: 'resting' }
  | { name: 'asking'; words: string }
  | { name: 'there'; result: ExperimentResult; isNew: boolean }
  | { name: 'failed'; words: string }

type Ask = typeof request

/** How long the hand must rest before the Worker is asked, in milliseconds. */
const rest = 500
/** Single runs that are drawn of an experiment that the browser cannot train. */
const mostHistories = 30

export class WorkerCheck {
  readonly #onNews: (news: WorkerCheckStatus) => void
  readonly #ask: Ask
  #asking: AbortController | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(onNews: (news: WorkerCheckStatus) => void, ask: Ask = request) {
    this.#onNews = onNews
    this.#ask = ask
  }

  /**
   * Asks for an experiment when the hand has rested, and forgets the one before. What the Worker would refuse as too
   * large is not asked.
   *
   * @param isDrawn whether its runs are to be drawn, or only its fingerprint compared
   */
  ask(spec: ExperimentSpec, isDrawn: boolean): void {
    this.cancel()
    const excess = excessOf(spec)
    if (excess) {
      this.#onNews({ name: 'failed', words: tooLargeInWords(excess) })
      return
    }
    this.#onNews({ name: 'resting' })
    this.#timer = setTimeout(() => void this.#fetch(spec, isDrawn), rest)
  }

  /** Forgets what it was asked. */
  cancel(): void {
    clearTimeout(this.#timer)
    this.#asking?.abort()
    this.#asking = undefined
  }

  async #fetch(spec: ExperimentSpec, isDrawn: boolean): Promise<void> {
    const asking = new AbortController()
    this.#asking = asking
    const query = specQuery(spec)
    query.set('histories', String(isDrawn ? Math.min(spec.seeds, mostHistories) : 0))
    this.#onNews({ name: 'asking', words: 'asking the Worker' })
    try {
      const { headers, json } = await this.#ask(withQuery('/api/experiments', query), {
        isFresh: false,
        signal: asking.signal,
        onWait: (seconds) =>
          this.#onNews({ name: 'asking', words: `the Worker is busy, asking again in ${seconds} s` }),
      })
      const isNew = isComputedNow(headers)
      this.#onNews({ name: 'there', result: json as ExperimentResult, isNew })
    } catch (error) {
      if (asking.signal.aborted) return
      if (!(error instanceof Failure)) throw error
      this.#onNews({ name: 'failed', words: error.message })
    }
  }
}

function tooLargeInWords({ times }: Excess): string {
  return `Too large for the Worker to verify: ${timesInWords(times)} its budget.`
}

/** What the browser has of an experiment. */
interface Own {
  /** It trains it; else the Worker alone does. */
  isOurs: boolean
  /** Of its result, once that is all there. */
  fingerprint: string | undefined
}

/** What the badge says: whether the browser and the Worker have the same bits. */
export function badgeInWords(news: WorkerCheckStatus, { isOurs, fingerprint }: Own, version: string): string {
  if (!isOurs) return workersBadge(news)
  if (news.name === 'resting') return fingerprint ? 'trained in your browser' : 'training in your browser'
  if (news.name === 'asking') return `trained in your browser; ${news.words}`
  if (news.name === 'failed') return `trained in your browser alone. ${news.words}`
  const { engine } = news.result
  const source = sourceOf(news)
  if (engine.version !== version)
    return `the Worker has another engine version, ${engine.version}, so numbers may differ`
  if (!fingerprint) return `from the Worker, ${source}`
  return news.result.fingerprint === fingerprint
    ? `equal on the edge, bit for bit (${source})`
    : 'the Worker’s result differs from your browser’s'
}

/** The same where there is no other result than the Worker's. */
function workersBadge(news: WorkerCheckStatus): string {
  if (news.name === 'resting') return 'the Worker is asked when the hand rests'
  if (news.name === 'there') return `from the Worker, ${sourceOf(news)}`
  return news.words
}

const sourceOf = ({ isNew }: { isNew: boolean }) => (isNew ? 'trained now' : 'from its cache')
