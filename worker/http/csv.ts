/**
 * `/api/experiments.csv`: the numbers of an experiment as a table, for notebooks and spreadsheets.
 */
import type { Handler } from 'hono'

import { csvOf } from '#experiment/csv.ts'
import { digest as digestOf } from '#experiment/digest.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Results } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { represent } from './representation.ts'

/**
 * Pieces of text as the body of an answer, each made when the client has room for it: a long table neither holds the
 * isolate up nor fills its memory.
 */
function streamOf(pieces: Iterator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      // Lets other requests through.
      await new Promise((resolve) => setTimeout(resolve, 0))
      const piece = pieces.next()
      if (piece.done) controller.close()
      else controller.enqueue(encoder.encode(piece.value))
    },
  })
}

export function getCsv(results: Results): Handler<App> {
  return async (c) => {
    const { spec } = readSpec(new URL(c.req.url).searchParams, {}, 'refuse')
    const digest = await digestOf(spec)
    return represent(c, {
      type: 'text/csv; charset=utf-8; header=present',
      identity: `csv-${digest}`,
      headers: { 'Content-Disposition': `attachment; filename="minibatch-${digest.slice(0, 16)}.csv"` },
      need: () => results.get(spec, callerOf(c)),
      make: ({ numbers }) => streamOf(csvOf(spec, numbers)),
    })
  }
}
