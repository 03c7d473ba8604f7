/**
 * Asks the Worker for everything that a figure's drawing needs.
 */
import { kindOf, type Drawing } from '#charts/drawing.tsx'
import type { Boundary } from '#experiment/boundary.ts'
import type { LabeledPoints } from '#experiment/labeled-points.ts'
import type { ExperimentResult } from '#experiment/result.ts'

import { withQuery, type GivenFigure } from './given.ts'

/** What came, and whether any of it was trained for this. */
export interface Answer {
  drawing: Drawing
  isComputedNow: boolean
}

/** How far the Worker is: a share from 0 to 1, and in words. */
type OnProgress = (done: number, words: string) => void

/** Single runs that are drawn of one experiment at most. */
const mostRuns = 30
/** Experiments that are asked for at the same time: the Worker has room for few trainings. */
const atOnce = 3
/** How long an answer may take before the reader is shown how far it is, in milliseconds. */
const patience = 600

/** An answer that is not what was asked for, in words for the reader. */
export class Failure extends Error {
  override name = 'Failure'
}

/**
 * Fetches a figure's drawing.
 *
 * @param isFresh past the browser's own cache
 * @throws Failure with words for the reader
 */
export async function ask(given: GivenFigure, isFresh: boolean, onProgress: OnProgress): Promise<Answer> {
  const { experiments, chart } = given
  const { needs } = kindOf(chart)
  const results: ExperimentResult[] = []
  let isComputedNow = false
  let done = 0
  const waiting = experiments.map((experiment, index) => ({ ...experiment, index }))
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const histories = needs.includes('histories') ? Math.min(next.seeds, mostRuns) : 0
      const query = new URLSearchParams(next.query)
      query.set('histories', String(histories))
      const stop = watch(next.query, next.seeds, (share, words) => {
        onProgress((done + share) / experiments.length, next?.name ? `${next.name}: ${words}` : words)
      })
      try {
        const response = await get(withQuery('/api/experiments', String(query)), isFresh)
        isComputedNow ||= response.headers.get('Cache-Status')?.includes('fwd=miss') ?? false
        results[next.index] = (await response.json()) as ExperimentResult
      } finally {
        stop()
      }
      done++
      onProgress(done / experiments.length, `${done} of ${experiments.length} experiments`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return { drawing: { ...given, results: results as never, ...(await ofThePlane(given, isFresh)) }, isComputedNow }
}

/** The points and regions of charts of the plane. */
async function ofThePlane({ chart, experiments }: GivenFigure, isFresh: boolean) {
  const { needs } = kindOf(chart)
  const query = experiments[0]?.query ?? ''
  const json = async (path: string): Promise<unknown> => (await get(withQuery(path, query), isFresh)).json()
  return {
    ...(needs.includes('data') ? { data: (await json('/api/dataset')) as LabeledPoints } : {}),
    ...(needs.includes('boundary') ? { boundary: (await json('/api/boundary')) as Boundary } : {}),
  }
}

async function get(url: string, isFresh: boolean): Promise<Response> {
  let response: Response
  try {
    response = await fetch(url, { cache: isFresh ? 'reload' : 'default' })
  } catch {
    throw new Failure(
      navigator.onLine ? 'The server does not answer.' : 'You are offline: this is the picture built with the site.',
    )
  }
  if (response.ok) return response
  const { title, detail } = (await response.json().catch(() => ({}))) as { title?: string; detail?: string }
  throw new Failure(title ? `${title}. ${detail ?? ''}` : `The server answered with status ${response.status}.`)
}

/** Follows a training that takes long, as the Worker tells it. Returns what stops it. */
function watch(query: string, seeds: number, onProgress: OnProgress): () => void {
  let source: EventSource | undefined
  const timer = setTimeout(() => {
    source = new EventSource(withQuery('/api/experiments/stream', query))
    source.addEventListener('progress', ({ data }: MessageEvent<string>) => {
      const { run, epoch } = JSON.parse(data) as { run: number; epoch: number }
      onProgress(run / seeds, seeds > 1 ? `run ${run + 1} of ${seeds}, epoch ${epoch}` : `epoch ${epoch}`)
    })
    // Its end is an error too: there is nothing to come back for.
    source.addEventListener('error', () => source?.close())
  }, patience)
  return () => {
    clearTimeout(timer)
    source?.close()
  }
}
