/**
 * The route `/api/experiments/stream`: an experiment as server-sent events while it trains: `waiting` while there is no
 * slot for it, `progress` after every slice, and finally `result` or `problem`. Errors before the first event are
 * answered like everywhere else, with an error status.
 *
 * An EventSource that is not closed reconnects after its stream has ended, and names the last event that it received.
 * Every event but `waiting` has an id for that. A client that had the last event is answered with 204, which stops it
 * from reconnecting; one whose stream broke off receives the later events.
 */
import type { Handler } from 'hono'
import { streamSSE } from 'hono/streaming'
import * as z from 'zod/mini'

import { objectWithKeys } from '#experiment/result/named-schema.ts'
import { metrics } from '#experiment/result/numbers.ts'
import { ExperimentResult } from '#experiment/result/result.ts'
import { valueOf } from '#experiment/spec/fields.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { specFields, type ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Results } from '#results/results.ts'
import type { Waiting } from '#results/training-queue.ts'
import { cachePolicies } from '#security/cache-control.ts'
import type { Progress } from '#training/progress.ts'

import { admitAssembly } from './admission.ts'
import { freeLease, isLarge, sizeOfOne } from './assembly-memory.ts'
import { jsonPieces, yieldToEventLoop, deriveYielding } from './chunked-json.ts'
import { callerOf, type WorkerApp } from './environment.ts'
import { defaultHistories, experimentView } from './experiments.ts'
import { problemBody, problemOf, ProblemAnswer } from './problems.ts'
import { logFault } from './request-log.ts'

const Count = z.int().check(z.minimum(0))

const ProgressEvent = z.strictObject({
  run: Count.check(z.describe('The run that is being trained, from 0.')),
  seed: valueOf(specFields.seed),
  epoch: Count.check(z.describe('Epochs of that run that are finished.')),
  metrics: z
    .nullable(objectWithKeys(metrics, z.nullable(z.number())))
    .check(z.describe('The metrics of the last finished epoch; null before the first, and after divergence.')),
}) satisfies z.ZodMiniType<Progress>

const WaitingEvent = z.strictObject({
  before: Count.check(z.describe('How many other experiments wait, and are to begin before it.')),
}) satisfies z.ZodMiniType<Waiting>

/** The schema of each event's data. */
export const events = {
  waiting: WaitingEvent,
  progress: ProgressEvent,
  result: ExperimentResult,
  problem: ProblemAnswer,
}

const headers = { 'Content-Type': 'text/event-stream', ...cachePolicies.never }

/** The id of the last event, `result` or `problem`. */
const endId = 'end'
/** The id of a progress event: the number of completed epochs over all runs. */
const placeOf = ({ run, epoch }: Progress, { epochs }: ExperimentSpec) => run * epochs + epoch

/** How often `waiting` is repeated while nothing changes, in milliseconds. */
const reminder = 1000

export function streamExperiment(results: Results): Handler<WorkerApp> {
  return async (c) => {
    const { spec, view } = readSpec(new URL(c.req.url).searchParams, experimentView, 'refuse')
    const histories = view.histories ?? defaultHistories
    const last = c.req.header('Last-Event-ID') ?? ''
    if (last === endId) return c.body(null, 204, cachePolicies.never)
    if (c.req.method === 'HEAD') return c.body(null, 200, headers)
    const had = /^\d+$/.test(last) ? Number(last) : -1
    const caller = callerOf(c)
    const size = sizeOfOne([spec])
    const lease = isLarge(size) ? await admitAssembly(c, size) : freeLease
    const reading = new AbortController()
    const signal = AbortSignal.any([caller.signal, reading.signal])
    const steps = results.follow(spec, { ...caller, signal })
    signal.addEventListener('abort', lease.release)
    // A refusal is thrown by the first step, before the status has been sent.
    let step = await steps.next().catch((error: unknown) => {
      lease.release()
      throw error
    })

    const response = streamSSE(c, async (stream) => {
      stream.onAbort(() => reading.abort())
      // The event that is being sent is then incomplete, so the client discards it.
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
            // Without an id, so that a client which reconnects names the last event of the training.
            await stream.writeSSE({ event: 'waiting', data: JSON.stringify({ before }) })
            continue
          }
          // A subscriber that does not run the training can see the same progress twice.
          const isNews = step.value !== sent && placeOf(step.value, spec) > had
          sent = step.value
          if (isNews) await send('progress', String(placeOf(sent, spec)), JSON.stringify(sent))
        }
        const { numbers } = step.value
        const result = await deriveYielding(spec, step.value, { histories: 0 })
        // JSON is a single line. It may be megabytes long, so it is written in pieces at the client's speed.
        isSending = true
        await stream.write('event: result\ndata: ')
        for (const piece of lease.over(jsonPieces({ result, numbers, histories }))) {
          await stream.write(piece)
          await yieldToEventLoop()
        }
        await stream.write(`\nid: ${endId}\n\n`)
      } catch (error) {
        if (signal.aborted) return
        const problem = problemOf(error)
        if (problem.status === 500) logFault(error)
        // The client discards an incomplete event and reconnects.
        if (!isSending) await send('problem', endId, problemBody(problem))
      } finally {
        lease.release()
      }
    })
    // Hono's own headers are for HTTP/1.1 and for cacheable responses.
    for (const name of ['Connection', 'Transfer-Encoding', 'Cache-Control']) c.header(name, undefined)
    return new Response(response.body, { headers })
  }
}
