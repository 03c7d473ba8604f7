/**
 * Long computing of a single answer, in pieces between which others are answered. A Worker's clock stands still while it
 * computes, so they are bounded by what they go through.
 */
import { derive } from '#experiment/derive.ts'
import { metrics, type Numbers, type Outcome } from '#experiment/numbers.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import { runHistory } from '#experiment/run.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

/** Values that are gone through in one piece: some 1 ms of computing, as many such answers can be made at once. */
const mostValues = 10_000

/** Takes the pieces of something, each with the values that it went through, and lets others in now and then. */
async function inPieces<Whole>(pieces: Generator<number, Whole, void>): Promise<Whole> {
  let values = 0
  for (;;) {
    const piece = pieces.next()
    if (piece.done) return piece.value
    values += piece.value
    if (values < mostValues) continue
    values = 0
    await letOthersIn()
  }
}

/** The result of an experiment, as `deriveResult` gives it. */
export function resultOf(
  spec: ExperimentSpec,
  outcome: Outcome,
  extent: Parameters<typeof derive>[2],
): Promise<ExperimentResult> {
  return inPieces(derive(spec, outcome, extent))
}

/** A result with all that is derived of it but the histories, and how to go on. */
interface Written {
  result: ExperimentResult
  numbers: Numbers
  /** How many runs, from the first, are written with their history. */
  histories: number
}

/** Characters that are put together before they are sent. */
const chunkLength = 32 * 1024

/**
 * A result as JSON, the very text of `JSON.stringify`, in pieces: each history is derived when it is written, so that
 * neither all of them nor the whole text are ever in memory.
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

/** About how many characters the JSON of a result has: nine a value, and some of each run and of the spec. */
export function jsonLength({ seeds, epochs }: ExperimentSpec, histories: number): number {
  const values = (Math.min(histories, seeds) * metrics.length + (seeds > 1 ? 30 : 0)) * epochs
  return 9 * values + 400 * seeds + 2000
}

/** Pieces of text as bytes, put together as they come. */
export async function joined(pieces: Iterable<string>): Promise<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  for (const piece of pieces) {
    if (parts.length) await letOthersIn()
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
 * Pieces of text as the body of an answer, each made when the client has room for it: a long answer neither holds the
 * isolate up nor fills its memory. It breaks off where it has lost its place.
 */
export function streamOf(pieces: IterableIterator<string>, lost?: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      lost?.addEventListener('abort', () => controller.error(lost.reason))
    },
    async pull(controller) {
      await letOthersIn()
      const piece = pieces.next()
      if (piece.done) controller.close()
      else controller.enqueue(encoder.encode(piece.value))
    },
    cancel() {
      pieces.return?.()
    },
  })
}

/** Lets other requests go on. */
export const letOthersIn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
