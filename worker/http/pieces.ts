/**
 * Long computing of a single answer, in pieces between which others are answered. A Worker's clock stands still while it
 * computes, so they are bounded by what they go through.
 */
import { derive } from '#experiment/derive.ts'
import type { Outcome } from '#experiment/numbers.ts'
import type { ExperimentResult } from '#experiment/result.ts'
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
    await new Promise((resolve) => setTimeout(resolve, 0))
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

/** A result as JSON, the very text of `JSON.stringify`, as bytes. */
export async function jsonOf(result: ExperimentResult): Promise<Uint8Array<ArrayBuffer>> {
  return joined(await inPieces(jsonPieces(result)))
}

function* jsonPieces(result: ExperimentResult): Generator<number, Uint8Array[], void> {
  const encoder = new TextEncoder()
  const pieces: Uint8Array[] = []
  const write = (text: string) => void pieces.push(encoder.encode(text))
  let separator = '{'
  for (const [key, value] of Object.entries(result)) {
    if (value === undefined) continue
    write(`${separator}${JSON.stringify(key)}:`)
    separator = ','
    if (key !== 'runs') {
      write(JSON.stringify(value))
      yield result.spec.epochs * 6
      continue
    }
    for (const [index, run] of result.runs.entries()) {
      write(`${index ? ',' : '['}${JSON.stringify(run)}`)
      yield run.history ? result.spec.epochs * 6 : 20
    }
    write(']')
  }
  write('}')
  return pieces
}

function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let start = 0
  for (const piece of pieces) {
    whole.set(piece, start)
    start += piece.length
  }
  return whole
}
