/**
 * Long computations and long JSON bodies in pieces, between which other requests are served. A Worker's clock stands
 * still while it computes, so pieces are bounded by the number of values that they process.
 */
import { derive } from '#experiment/result/derive.ts'
import { metrics, type Numbers, type Outcome } from '#experiment/result/numbers.ts'
import type { ExperimentResult } from '#experiment/result/result.ts'
import { runHistory } from '#experiment/result/run.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

/** Values per piece: about 1 ms of computing, since many such responses can be in progress at once. */
const mostValues = 10_000

/**
 * Runs a generator that yields the number of values it processed, yielding to the event loop in between. Returns its
 * result.
 */
async function inPieces<Whole>(pieces: Generator<number, Whole, void>): Promise<Whole> {
  let values = 0
  for (;;) {
    const piece = pieces.next()
    if (piece.done) return piece.value
    values += piece.value
    if (values < mostValues) continue
    values = 0
    await yieldToEventLoop()
  }
}

/** Derives the result of an experiment like `deriveResult`, yielding to the event loop in between. */
export function deriveYielding(
  spec: ExperimentSpec,
  outcome: Outcome,
  extent: Parameters<typeof derive>[2],
): Promise<ExperimentResult> {
  return inPieces(derive(spec, outcome, extent))
}

/** A result without histories, and the numbers from which these are derived. */
interface Written {
  result: ExperimentResult
  numbers: Numbers
  /** How many runs, from the first, are written with their history. */
  histories: number
}

/** Characters that are collected before they are sent. */
const chunkLength = 32 * 1024

/**
 * A result as JSON in pieces, with exactly the text of `JSON.stringify`. Each history is derived when it is written, so
 * that neither all of them nor the whole text are ever in memory.
 */
export function* jsonPieces({ result, numbers, histories }: Written): Generator<string, void, void> {
  let text = ''
  let separator = '{'
  for (const [key, value] of Object.entries(result)) {
    if (value === undefined) continue
    text += `${separator}${JSON.stringify(key)}:`
    separator = ','
    if (key !== 'runs') text += JSON.stringify(value)
    else
      for (const [index, run] of result.runs.entries()) {
        const whole = index < histories ? { ...run, history: runHistory(result.spec, numbers, index) } : run
        text += `${index ? ',' : '['}${JSON.stringify(whole)}`
        if (text.length < chunkLength) continue
        yield text
        text = ''
      }
    if (key === 'runs') text += ']'
    if (text.length < chunkLength) continue
    yield text
    text = ''
  }
  yield `${text}}`
}

/**
 * The estimated length of a result's JSON in characters: nine per value, plus a constant for each run and for the spec.
 */
export function jsonLength({ seeds, epochs }: ExperimentSpec, histories: number): number {
  const values = (Math.min(histories, seeds) * metrics.length + (seeds > 1 ? 30 : 0)) * epochs
  return 9 * values + 400 * seeds + 2000
}

/** Joins pieces of text to bytes, yielding to the event loop in between. */
export async function joined(pieces: Iterable<string>): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  for (const piece of pieces) {
    if (parts.length) await yieldToEventLoop()
    parts.push(encoder.encode(piece))
  }
  if (parts.length === 1) return parts[0] as Uint8Array<ArrayBuffer>
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  let start = 0
  for (const part of parts) {
    whole.set(part, start)
    start += part.length
  }
  return whole
}

/**
 * Pieces of text as a response body. Each piece is made when the client can take it, so that a long response neither
 * blocks the isolate nor fills its memory.
 */
export function streamOf(pieces: IterableIterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      await yieldToEventLoop()
      const piece = pieces.next()
      if (piece.done) controller.close()
      else controller.enqueue(encoder.encode(piece.value))
    },
    cancel() {
      pieces.return?.()
    },
  })
}

/** Yields to the event loop, so that other requests can proceed. */
export const yieldToEventLoop = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
