/**
 * `/api/experiments/stream`: an experiment as server-sent events, while it trains: `waiting` while there is no room for
 * it, `progress` after every slice, at last `result` or `problem`. What is refused before that is answered as everywhere,
 * with a status of its own.
 *
 * An EventSource that nobody closes comes back when its stream has ended, and names the last event that it had. Every
 * event but `waiting` has an id for that: one who had the end is answered 204, which tells it to stay away; one whose stream broke off
 * hears of what comes after.
 */
import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'
import * as z from 'zod/mini'

import { valueOf } from '#experiment/fields.ts'
import { named } from '#experiment/named.ts'
import { metrics } from '#experiment/numbers.ts'
import { readSpec } from '#experiment/permalink.ts'
import { ExperimentResult } from '#experiment/result.ts'
import { specFields, type ExperimentSpec } from '#experiment/spec.ts'
import type { Waiting } from '#results/flights.ts'
import type { Results } from '#results/results.ts'
import { keeping } from '#security/keeping.ts'
import type { Progress } from '#training/progress.ts'

import { admitAssembly } from './admission.ts'
import { freeLease, isLarge, sizeOfOne } from './assemblies.ts'
import { callerOf, type App } from './environment.ts'
import { defaultHistories, experimentView } from './experiments.ts'
import { logFault } from './log.ts'
import { jsonPieces, letOthersIn, resultOf } from './pieces.ts'
import { problemBody, problemOf, ProblemAnswer } from './problems.ts'

const Count = z.int().check(z.minimum(0))

const ProgressEvent = z.strictObject({
  run: Count.check(z.describe('The run that is being trained, from 0.')),
  seed: valueOf(specFields.seed),
  epoch: Count.check(z.describe('Epochs of that run that are finished.')),
  metrics: z
    .nullable(named(metrics, z.nullable(z.number())))
    .check(z.describe('The metrics of the last finished epoch; null before the first, and after divergence.')),
}) satisfies z.ZodMiniType<Progress>

const WaitingEvent = z.strictObject({
  before: Count.check(z.describe('How many other experiments wait, and are to begin before it.')),
}) satisfies z.ZodMiniType<Waiting>

/** What each event's data is. */
export const events = {
  waiting: WaitingEvent,
  progress: ProgressEvent,
  result: ExperimentResult,
  problem: ProblemAnswer,
}

const headers = { 'Content-Type': 'text/event-stream', ...keeping.never }

/** The id of the last event, `result` or `problem`. */
const endId = 'end'
/** The id of progress: how many epochs are finished, over all runs. */
const placeOf = ({ run, epoch }: Progress, { epochs }: ExperimentSpec) => run * epochs + epoch

/** How often one who waits is told so where nothing changes, in milliseconds. */
const reminder = 1000

export function streamExperiment(results: Results): Handler<App> {
  return async (c) => {
    const { spec, view } = readSpec(new URL(c.req.url).searchParams, experimentView, 'refuse')
    const histories = view.histories ?? defaultHistories
    const last = c.req.header('Last-Event-ID') ?? ''
    if (last === endId) return c.body(null, 204, keeping.never)
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const had = /^\d+$/.test(last) ? Number(last) : -1
    const caller = callerOf(c)
    const size = sizeOfOne([spec])
    const lease = isLarge(size) ? await admitAssembly(c, size) : freeLease
    const reading = new AbortController()
    const signal = AbortSignal.any([caller.signal, reading.signal])
    const steps = results.follow(spec, { ...caller, signal })
    signal.addEventListener('abort', lease.release)
    // A refusal comes with the first step, when the status is not sent yet.
    let step = await steps.next().catch((error: unknown) => {
      lease.release()
      throw error
    })

    const response = streamSSE(c, async (stream) => {
      stream.onAbort(() => reading.abort())
      // The event that is being sent is not whole then: the client drops it.
      lease.lost.addEventListener('abort', () => stream.abort())
      const send = (event: keyof typeof events, id: string, data: string) => stream.writeSSE({ event, id, data })
      let told = { before: -1, at: 0 }
      let sent: Progress | undefined
      let isSending = false
      try {
        for (; !step.done; step = await steps.next()) {
          if ('before' in step.value) {
            const { before } = step.value
            if (before === told.before && Date.now() - told.at < reminder) continue
            told = { before, at: Date.now() }
            // Without an id: one that comes back names what it had of the training.
            await stream.writeSSE({ event: 'waiting', data: JSON.stringify({ before }) })
            continue
          }
          // One that only looks on can see the same progress twice.
          const isNews = step.value !== sent && placeOf(step.value, spec) > had
          sent = step.value
          if (isNews) await send('progress', String(placeOf(sent, spec)), JSON.stringify(sent))
        }
        const { numbers } = step.value
        const result = await resultOf(spec, step.value, { histories: 0 })
        // JSON is one line. There may be megabytes of it, so it is written in pieces, as the client takes them.
        isSending = true
        await stream.write('event: result\ndata: ')
        for (const piece of lease.over(jsonPieces({ result, numbers, histories }))) {
          await stream.write(piece)
          await letOthersIn()
        }
        await stream.write(`\nid: ${endId}\n\n`)
      } catch (error) {
        if (signal.aborted) return
        const problem = problemOf(error)
        if (problem.status === 500) logFault(error)
        // The client drops an event that is not whole, and comes back.
        if (!isSending) await send('problem', endId, problemBody(problem))
      } finally {
        lease.release()
      }
    })
    // Hono's own are for HTTP/1.1 and for answers that may be stored.
    for (const name of ['Connection', 'Transfer-Encoding', 'Cache-Control']) c.header(name, undefined)
    return new Response(response.body, { headers })
  }
}
