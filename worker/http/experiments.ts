/**
 * The route `/api/experiments`: the result of an experiment, trained or from the cache, and its comparison with a
 * pinned experiment if there is one.
 */
import type { Handler } from 'hono'

import { compare } from '#experiment/result/comparison.ts'
import type { Outcome } from '#experiment/result/numbers.ts'
import { digest } from '#experiment/spec/digest.ts'
import { wholeField } from '#experiment/spec/fields.ts'
import { readSpec } from '#experiment/spec/permalink.ts'
import { pinField, readPin } from '#experiment/spec/pin.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { Results } from '#results/results.ts'

import { sizeOfOne, type Lease } from './assembly-memory.ts'
import { slowestSource, respond } from './cached-response.ts'
import { joined, jsonLength, jsonPieces, deriveYielding, streamOf } from './chunked-json.ts'
import { callerOf, type WorkerApp } from './environment.ts'
import { memoizeQuery } from './query-cache.ts'

/** The view keys of a query: how a result is shown. */
export const experimentView = { histories: wholeField('histories', 0, 200) }
/** The number of runs that include their full history by default. */
export const defaultHistories = 5

/**
 * The longest response that is assembled in memory and cached, in characters. Longer ones are sent as they are written.
 */
const longestWhole = 1024 * 1024

/** The view keys of routes that can compare with a pinned experiment. */
export const comparedView = { ...experimentView, pin: pinField }

/** The request that a query describes. */
interface Question {
  spec: ExperimentSpec
  histories: number
  pinned: ExperimentSpec | undefined
  identity: string
}

async function read(query: URLSearchParams): Promise<Question> {
  const { spec, view } = readSpec(query, comparedView, 'refuse')
  const histories = view.histories ?? defaultHistories
  const pinned = view.pin === undefined ? undefined : readPin(view.pin, spec)
  const names = [await digest(spec), histories, ...(pinned ? [await digest(pinned)] : [])]
  return { spec, histories, pinned, identity: ['experiments', ...names].join('-') }
}

export function getExperiment(results: Results): Handler<WorkerApp> {
  const questionOf = memoizeQuery(read)
  return async (c) => {
    const { spec, histories, pinned, identity } = await questionOf(c.req.url)
    const isStreamed = jsonLength(spec, histories) > longestWhole
    return respond(c, {
      type: 'application/json',
      identity,
      size: sizeOfOne(pinned ? [spec, pinned] : [spec]),
      isStreamed,
      need: async () => {
        const outcome = await results.get(spec, callerOf(c))
        if (!pinned) return { outcome, source: outcome.source }
        const other = await results.get(pinned, callerOf(c))
        return { outcome, other, source: slowestSource([outcome.source, other.source]) }
      },
      make: async ({ outcome, other }: { outcome: Outcome; other?: Outcome }, lease: Lease) => {
        const result = await deriveYielding(spec, outcome, { histories: 0 })
        if (pinned && other)
          result.comparison = compare(result, await deriveYielding(pinned, other, { histories: 0, curves: false }))
        const pieces = jsonPieces({ result, numbers: outcome.numbers, histories })
        return isStreamed ? streamOf(lease.over(pieces), lease.lost) : joined(pieces)
      },
    })
  }
}
