/**
 * `/api/experiments`: the result of an experiment, trained or from the cache, and beside another where one is pinned.
 */
import type { Handler } from 'hono'

import { compare } from '#experiment/comparison.ts'
import { digest } from '#experiment/digest.ts'
import { whole } from '#experiment/fields.ts'
import type { Outcome } from '#experiment/numbers.ts'
import { readSpec } from '#experiment/permalink.ts'
import { pinField, readPin } from '#experiment/pin.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import type { Results } from '#results/results.ts'

import { sizeOfOne, type Lease } from './assemblies.ts'
import { callerOf, type App } from './environment.ts'
import { joined, jsonLength, jsonPieces, resultOf, streamOf } from './pieces.ts'
import { rememberQuestions } from './questions.ts'
import { farthest, represent } from './representation.ts'

/** View keys: how a result is shown. */
export const experimentView = { histories: whole('histories', 0, 200) }
/** Runs that come with their full history. */
export const defaultHistories = 5

/** The longest answer that is put together and remembered, in characters; a longer one is sent as it is written. */
const longestWhole = 1024 * 1024

/** The view keys where another experiment can be pinned. */
export const comparedView = { ...experimentView, pin: pinField }

/** What a query asks for. */
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

export function getExperiment(results: Results): Handler<App> {
  const questionOf = rememberQuestions(read)
  return async (c) => {
    const { spec, histories, pinned, identity } = await questionOf(c.req.url)
    const isStreamed = jsonLength(spec, histories) > longestWhole
    return represent(c, {
      type: 'application/json',
      identity,
      size: sizeOfOne(pinned ? [spec, pinned] : [spec]),
      isStreamed,
      need: async () => {
        const outcome = await results.get(spec, callerOf(c))
        if (!pinned) return { outcome, source: outcome.source }
        const other = await results.get(pinned, callerOf(c))
        return { outcome, other, source: farthest([outcome.source, other.source]) }
      },
      make: async ({ outcome, other }: { outcome: Outcome; other?: Outcome }, lease: Lease) => {
        const result = await resultOf(spec, outcome, { histories: 0 })
        if (pinned && other)
          result.comparison = compare(result, await resultOf(pinned, other, { histories: 0, curves: false }))
        const pieces = jsonPieces({ result, numbers: outcome.numbers, histories })
        return isStreamed ? streamOf(lease.over(pieces), lease.lost) : joined(pieces)
      },
    })
  }
}
