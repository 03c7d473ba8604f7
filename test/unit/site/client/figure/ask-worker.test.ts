/** What a figure asks for, of a Worker that is busy, slow or gone. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { completeView } from '#charts/view.ts'

import { askWorker } from '../../../../../site/src/client/figure/ask-worker.ts'
import type { FigureProps } from '../../../../../site/src/client/figure/figure-props.ts'
import { Failure } from '../../../../../site/src/client/request.ts'

const busy = () =>
  Response.json(
    { title: 'Too many trainings at once', detail: 'Try again in 2 seconds.' },
    { status: 503, headers: { 'Retry-After': '2' } },
  )
const served = () => Response.json({ fingerprint: 'f' }, { headers: { 'Cache-Status': 'minibatch; fwd=miss' } })

/** Answers a request as soon as it may; the signal is the request's own. */
type Answerer = (query: URLSearchParams, signal: AbortSignal) => Response | Promise<Response>

/** The Worker; counts what it is asked at the same time. */
function workerThat(answer: Answerer) {
  const asked: string[] = []
  const atOnce = { now: 0, most: 0 }
  const fetching = async (url: string, { signal }: { signal: AbortSignal }) => {
    const query = new URLSearchParams(url.split('?')[1])
    asked.push(query.get('batchSize') ?? url)
    atOnce.most = Math.max(atOnce.most, ++atOnce.now)
    try {
      await passed(100, signal)
      return await answer(query, signal)
    } finally {
      atOnce.now--
    }
  }
  vi.stubGlobal('fetch', fetching)
  return { asked, atOnce }
}

function passed(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
    setTimeout(resolve, milliseconds)
  })
}

const figureOf = (...batchSizes: number[]) =>
  ({
    chart: 'sweep',
    needs: ['training'],
    view: completeView(),
    experiments: batchSizes.map((size) => ({ name: `batch ${size}`, query: `batchSize=${size}`, seeds: 1 })),
  }) as unknown as FigureProps

function load(figure: FigureProps, loading = new AbortController()) {
  const words: string[] = []
  const end = askWorker(figure, { isFresh: false, loading, onProgress: (_, text) => words.push(text) })
  // Its failure is looked at later.
  end.catch(() => {})
  return { end, words, loading }
}

/** Streams that say nothing. */
class SilentSource {
  static readonly open = new Set<SilentSource>()
  constructor() {
    SilentSource.open.add(this)
  }
  addEventListener(_type: string, _listen: (event: { data: string }) => void) {}
  close() {
    SilentSource.open.delete(this)
  }
}

/** Streams of experiments that wait for room. */
class WaitingSource extends SilentSource {
  override addEventListener(type: string, listen: (event: { data: string }) => void) {
    if (type !== 'waiting') return
    for (const before of [3, 0]) setTimeout(() => listen({ data: JSON.stringify({ before }) }), 1000 * (4 - before))
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('EventSource', SilentSource)
})
afterEach(() => {
  expect(SilentSource.open.size).toBe(0)
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a Worker that is busy', () => {
  it('says how many wait before an experiment that finds no room, and the reader is told', async () => {
    vi.stubGlobal('EventSource', WaitingSource)
    workerThat((_, signal) => passed(8000, signal).then(served))
    const { end, words } = load(figureOf(8))
    await vi.advanceTimersByTimeAsync(10_000)
    await end
    expect(words).toEqual([
      'batch 8: waiting for room, 3 before it',
      'batch 8: waiting for room, next in line',
      '1 of 1 experiments',
    ])
  })

  it('is asked again when it says, and the reader is told', async () => {
    let refusals = 2
    const { asked } = workerThat(() => (refusals-- > 0 ? busy() : served()))
    const { end, words } = load(figureOf(8))
    await vi.advanceTimersByTimeAsync(2000)
    expect(asked).toHaveLength(1)
    expect(words.at(-1)).toBe('the server is busy, asking again in 2 s')
    await vi.advanceTimersByTimeAsync(5000)
    expect(asked).toHaveLength(3)
    expect((await end).isComputedNow).toBe(true)
  })

  it('is given up in the end, with its own words', async () => {
    const { asked } = workerThat(busy)
    const { end } = load(figureOf(8))
    await vi.advanceTimersByTimeAsync(60_000)
    await expect(end).rejects.toThrow(new Failure('Too many trainings at once. Try again in 2 seconds.'))
    expect(asked.length).toBeGreaterThan(5)
  })

  it('is not waited for when that would take ten minutes', async () => {
    const { asked } = workerThat(() => new Response('{}', { status: 503, headers: { 'Retry-After': '600' } }))
    const { end } = load(figureOf(8))
    await vi.advanceTimersByTimeAsync(200)
    await expect(end).rejects.toThrow(Failure)
    expect(asked).toHaveLength(1)
  })
})

it('all figures of a page have one queue: ten ask for three things at a time, and all are served', async () => {
  const { atOnce } = workerThat(served)
  const loads = Array.from({ length: 10 }, (_, index) => load(figureOf(index + 1, index + 100)))
  await vi.advanceTimersByTimeAsync(5000)
  await Promise.all(loads.map(({ end }) => end))
  expect(atOnce.most).toBe(3)
})

describe('a figure that fails', () => {
  const failing: Answerer = (query, signal) =>
    query.get('batchSize') === '2'
      ? Response.json({ title: 'Internal error', detail: 'A fault.' }, { status: 500 })
      : passed(5000, signal).then(served)

  it('asks for nothing more, and says nothing more than that it failed', async () => {
    const { asked } = workerThat(failing)
    const { end, words } = load(figureOf(1, 2, 3, 4, 5, 6))
    await vi.advanceTimersByTimeAsync(200)
    await expect(end).rejects.toThrow(new Failure('Internal error. A fault.'))
    const said = words.length
    await vi.advanceTimersByTimeAsync(20_000)
    expect(words).toHaveLength(said)
    expect(asked).toEqual(['1', '2', '3'])
  })

  it('leaves the others of the page alone', async () => {
    workerThat(failing)
    const bad = load(figureOf(1, 2, 3))
    const good = load(figureOf(4))
    await vi.advanceTimersByTimeAsync(10_000)
    await expect(bad.end).rejects.toThrow(Failure)
    expect((await good.end).drawing.results).toHaveLength(1)
  })
})

it('a load that another replaces stops, and says nothing more', async () => {
  const { asked } = workerThat((_, signal) => passed(5000, signal).then(served))
  const { end, words, loading } = load(figureOf(1, 2, 3, 4))
  await vi.advanceTimersByTimeAsync(1000)
  loading.abort()
  await expect(end).rejects.toThrow(/abort/i)
  await vi.advanceTimersByTimeAsync(20_000)
  expect(asked).toHaveLength(3)
  expect(words).toEqual([])
})

it.each([
  [true, 'The server does not answer.'],
  [false, 'You are offline.'],
])('no answer at all is a failure, at once: online %s', async (onLine, words) => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')))
  vi.stubGlobal('navigator', { onLine })
  await expect(load(figureOf(1)).end).rejects.toThrow(new Failure(words))
})
