/**
 * Requests to the Worker: few of a page at the same time, and repeated when the Worker is busy and says when to ask again.
 * Failures are in words for the reader.
 */
import type { ExperimentResult } from '#experiment/result/result.ts'
import { withQuery } from '#experiment/spec/query-text.ts'

import { RequestQueue } from './request-queue.ts'

/** Requests of the page at the same time: the Worker has room for few trainings. */
const queue = new RequestQueue(3)
/** How often a request is repeated. */
const mostRepeats = 8
/** The longest that a reader is kept waiting for a repetition, in seconds. */
const longestWait = 90

/** There is no answer, in words for the reader. */
export class Failure extends Error {
  override name = 'Failure'
}

interface Options {
  /** Past the browser's own cache. */
  isFresh: boolean
  signal: AbortSignal
  /** Called when the Worker is busy, with the seconds until the request is repeated. */
  onWait: (seconds: number) => void
  /** Called when the request is sent; what it returns is called when that is over. */
  onSend?: () => () => void
}

/** What came, to its end. */
interface Reply {
  status: number
  headers: Headers
  text: string
}

/**
 * Asks for JSON.
 *
 * @throws Failure with words for the reader; the signal's reason when it aborts
 */
export async function request(url: string, options: Options): Promise<{ headers: Headers; json: unknown }> {
  const { signal, onWait } = options
  for (let repeats = 0; ; repeats++) {
    const { status, headers, text } = await queue.run(() => send(url, options), signal)
    if (status === 200) return { headers, json: JSON.parse(text) as unknown }
    const seconds = Number(headers.get('Retry-After') ?? Infinity)
    if (seconds > longestWait || repeats >= mostRepeats) throw new Failure(wordsOf(status, text))
    onWait(seconds)
    await pause(seconds, signal)
  }
}

/** Single runs that are drawn of one experiment at most. */
const mostHistories = 30

/**
 * Asks for the result of an experiment.
 *
 * @param query of its permalink
 * @param runs single runs that are to be drawn: their histories come along, up to what charts draw
 * @throws as `request`
 */
export async function requestResult(
  query: URLSearchParams | string,
  runs: number,
  options: Options,
  ask = request,
): Promise<{ result: ExperimentResult; isNew: boolean }> {
  const asked = new URLSearchParams(query)
  asked.set('histories', String(Math.min(runs, mostHistories)))
  const { headers, json } = await ask(withQuery('/api/experiments', asked), options)
  return { result: json as ExperimentResult, isNew: isComputedNow(headers) }
}

/** Whether an answer's numbers were trained for it: the Worker says so, and no cache had the answer. */
export function isComputedNow(headers: Headers): boolean {
  // The edge repeats what the Worker said when it trained. A revalidated answer is one that the Worker knows.
  const isOfEdge = /^(HIT|STALE|UPDATING|REVALIDATED)$/.test(headers.get('CF-Cache-Status') ?? '')
  return !isOfEdge && (headers.get('Cache-Status')?.includes('fwd=miss') ?? false)
}

async function send(url: string, { isFresh, signal, onSend }: Options): Promise<Reply> {
  const end = onSend?.()
  try {
    const response = await fetch(url, { cache: isFresh ? 'reload' : 'default', signal })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch {
    signal.throwIfAborted()
    throw new Failure(navigator.onLine ? 'The server does not answer.' : 'You are offline.')
  } finally {
    end?.()
  }
}

/** A refusal in words: those of the Worker, where it is one of its problems. */
function wordsOf(status: number, text: string): string {
  try {
    const { title, detail } = JSON.parse(text) as { title: string; detail: string }
    return `${title}. ${detail}`
  } catch {
    return `The server answered with status ${status}.`
  }
}

function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => {
      clearTimeout(timer)
      reject(signal.reason as Error)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', leave)
      resolve()
    }, seconds * 1000)
    signal.addEventListener('abort', leave, { once: true })
  })
}
