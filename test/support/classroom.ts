/**
 * A class behind one address: readers that open permalinks at about the same time, change settings, and touch the
 * figures of the article. They ask as the pages do: few at the same time, again when the Worker says so, and they
 * watch what takes long.
 */
import { setTimeout as pause } from 'node:timers/promises'

import type { ExperimentResult } from '#experiment/result/result.ts'
import { permalink, specQuery } from '#experiment/spec/permalink.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'

import type { FigureProps } from '../../site/src/client/figure/figure-props.ts'
import { RequestQueue } from '../../site/src/client/request-queue.ts'

/** What a class does. */
export interface Lesson {
  readers: number
  /** Within how many seconds all of them open a permalink of their own. */
  openWithin: number
  /** How often each of them changes a setting, and after how many seconds again. */
  changes: number
  every: number
  /** How many open the article then, and how many of its figures each of them touches; all, if it is not given. */
  articles: number
  figures?: number
}

/** What the class met. Times in milliseconds. */
export interface Report {
  /** By what was waited for: how many there were, the median and the longest wait. */
  waits: Record<string, { count: number; median: number; longest: number }>
  /** Answers that told a reader to come back, by status: a page says so, waits, and asks again. */
  refusals: Record<number, number>
  /** Answers that came over a second after a page looks for progress, with none shown, and no word of a wait. */
  silent: number
  /** What a reader was left with: it would have to press something. */
  errors: string[]
  /** Fingerprints by permalink. */
  fingerprints: Map<string, string>
  /** New experiments that were asked for. */
  experiments: number
}

/** As in the pages: `site/src/client/request.ts` and `watch.ts`. */
const page = { atOnce: 3, repeats: 8, longestWait: 90, watchAfter: 600 }
/** From when on a reader wonders whether anything happens, in milliseconds. */
const noticeable = 1000

/** Holds a lesson at an address. */
export async function holdLesson(origin: string, lesson: Lesson): Promise<Report> {
  const notes: Notes = { waits: new Map(), refusals: {}, silent: 0, errors: [], fingerprints: new Map() }
  const readers = Array.from({ length: lesson.readers }, (_, index) => new Reader(origin, notes, index))
  await Promise.all(
    readers.map(async (reader, index) => {
      await pause((index / lesson.readers) * lesson.openWithin * 1000)
      await reader.openPermalink()
      for (let change = 1; change <= lesson.changes; change++) {
        await pause(lesson.every * 1000)
        await reader.change(change)
      }
    }),
  )
  const experiments = notes.fingerprints.size
  await Promise.all(readers.slice(0, lesson.articles).map((reader) => reader.readArticle(lesson.figures)))
  const waits = Object.fromEntries(Array.from(notes.waits, ([name, times]) => [name, summary(times)]))
  return { ...notes, waits, experiments }
}

function summary(times: readonly number[]) {
  const sorted = times.toSorted((a, b) => a - b)
  return { count: sorted.length, median: sorted[sorted.length >> 1]!, longest: sorted.at(-1)! }
}

/** What the class writes down while it goes on. */
interface Notes extends Omit<Report, 'waits' | 'experiments'> {
  waits: Map<string, number[]>
}

class Reader {
  readonly #origin: string
  readonly #notes: Notes
  readonly #index: number
  readonly #queue = new RequestQueue(page.atOnce)

  constructor(origin: string, notes: Notes, index: number) {
    this.#origin = origin
    this.#notes = notes
    this.#index = index
  }

  /** No two readers ask for the same. */
  #spec(change: number): ExperimentSpec {
    const batchSize = ([1, 4, 16, 32, 128, 'full'] as const)[(this.#index + change) % 6]!
    return completeSpec({ batchSize, seed: 1000 * (this.#index + 1) + change })
  }

  /** A page that cannot be shown is an error: a browser does not ask again. Then the page asks what the edge says. */
  async openPermalink(): Promise<void> {
    const spec = this.#spec(0)
    const { status, text } = await this.#timed('permalink', () => this.#send(permalink(spec)))
    if (status !== 200) this.#notes.errors.push(`${permalink(spec)}: ${status}`)
    else if (!text.includes('<svg')) this.#notes.errors.push(`${permalink(spec)} has no picture`)
    await this.#experiment('permalink, on the edge', specQuery(spec))
  }

  async change(count: number): Promise<void> {
    await this.#experiment('changed setting', specQuery(this.#spec(count)))
  }

  /** The article, with everything that its figures ask for when each of them is touched. */
  async readArticle(figures = Infinity): Promise<void> {
    const { text } = await this.#timed('article', () => this.#send('/'))
    const given = Array.from(text.matchAll(/data-given="([^"]*)"/g), ([, json = '']) => decoded(json))
    if (!given.length) this.#notes.errors.push('the article has no figures')
    await Promise.all(
      given.slice(0, figures).map((json) => this.#timed('figure', () => this.#touch(JSON.parse(json) as FigureProps))),
    )
  }

  async #touch({ needs, experiments }: FigureProps): Promise<void> {
    const first = experiments[0]?.query ?? ''
    const extra = (['data', 'boundary', 'noise', 'churn'] as const).filter((need) => needs.includes(need))
    const paths = { data: 'dataset', boundary: 'boundary', noise: 'gradient-noise', churn: 'churn' }
    await Promise.all([
      ...experiments.map(async ({ query, seeds, fingerprint }) => {
        const asked = new URLSearchParams(query)
        const histories = needs.includes('histories') ? Math.min(seeds, 30) : 0
        const result = await this.#experiment('experiment of a figure', asked, histories)
        if (result && !result.fingerprint.startsWith(fingerprint))
          this.#notes.errors.push(`${query}: not what the article was built with`)
      }),
      ...extra.map((need) => this.#ask(`/api/${paths[need]}?${first}`)),
    ])
  }

  async #experiment(name: string, query: URLSearchParams, histories = 0): Promise<ExperimentResult | undefined> {
    const asked = new URLSearchParams(query)
    asked.set('histories', String(histories))
    const text = await this.#timed(name, () => this.#ask(`/api/experiments?${asked}`, query))
    if (text === undefined) return undefined
    const result = JSON.parse(text) as ExperimentResult
    const known = this.#notes.fingerprints.get(result.permalink)
    if (known !== undefined && known !== result.fingerprint)
      this.#notes.errors.push(`${result.permalink} has two results`)
    this.#notes.fingerprints.set(result.permalink, result.fingerprint)
    return result
  }

  /** What a page asks for and waits out; undefined where it gives up, and says so. */
  async #ask(path: string, watched?: URLSearchParams): Promise<string | undefined> {
    const shown = { is: false }
    let begin: number | undefined
    for (let repeats = 0; ; repeats++) {
      const { status, text, retryAfter } = await this.#queue.run(() => {
        // What waits for its turn in the page is shown as that: how many of a figure's experiments are there.
        begin ??= performance.now()
        return this.#watching(watched, shown, () => this.#send(path))
      }, new AbortController().signal)
      if (status === 200) {
        if (watched && performance.now() - begin! > page.watchAfter + noticeable && !shown.is) this.#notes.silent++
        return text
      }
      if (!(retryAfter <= page.longestWait) || repeats >= page.repeats) {
        this.#notes.errors.push(`${path}: ${status} ${text.slice(0, 200)}`)
        return undefined
      }
      this.#notes.refusals[status] = (this.#notes.refusals[status] ?? 0) + 1
      shown.is = true
      await pause(retryAfter * 1000)
    }
  }

  /** Looks on while an experiment takes long, as a figure does. */
  async #watching<T>(query: URLSearchParams | undefined, shown: { is: boolean }, work: () => Promise<T>): Promise<T> {
    const leaving = new AbortController()
    const looksOn = query && this.#lookOn(query, shown, leaving.signal).catch(() => {})
    try {
      return await work()
    } finally {
      leaving.abort()
      await looksOn
    }
  }

  async #lookOn(query: URLSearchParams, shown: { is: boolean }, signal: AbortSignal): Promise<void> {
    await pause(page.watchAfter, undefined, { signal })
    const { body } = await fetch(new URL(`/api/experiments/stream?${query}`, this.#origin), { signal })
    for await (const _ of body ?? []) shown.is = true
  }

  async #send(path: string): Promise<{ status: number; text: string; retryAfter: number }> {
    try {
      const response = await fetch(new URL(path, this.#origin))
      const retryAfter = Number(response.headers.get('Retry-After') ?? Infinity)
      return { status: response.status, text: await response.text(), retryAfter }
    } catch (error) {
      return { status: 0, text: String(error), retryAfter: Infinity }
    }
  }

  async #timed<T>(name: string, work: () => Promise<T>): Promise<T> {
    const begin = performance.now()
    try {
      return await work()
    } finally {
      const times = this.#notes.waits.get(name) ?? []
      this.#notes.waits.set(name, [...times, performance.now() - begin])
    }
  }
}

const decoded = (text: string) =>
  text.replaceAll('&quot;', '"').replaceAll('&#34;', '"').replaceAll('&#38;', '&').replaceAll('&amp;', '&')
