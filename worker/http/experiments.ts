/**
 * `/api/experiments`: the result of an experiment, trained or from the cache, and beside another where one is pinned.
 */
import type { Handler } from 'hono'

import { compare } from '#experiment/comparison.ts'
import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { whole } from '#experiment/fields.ts'
import { readSpec } from '#experiment/permalink.ts'
import { pinField, readPin } from '#experiment/pin.ts'
import type { ExperimentResult } from '#experiment/result.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'
import type { Results } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { cacheStatus, farthest, represent } from './representation.ts'

/** View keys: how a result is shown. */
export const experimentView = { histories: whole('histories', 0, 200) }
/** Runs that come with their full history. */
export const defaultHistories = 5

/** The view keys where another experiment can be pinned. */
export const comparedView = { ...experimentView, pin: pinField }

export function getExperiment(results: Results): Handler<App> {
  return async (c) => {
    const { spec, view } = readSpec(new URL(c.req.url).searchParams, comparedView, 'refuse')
    const histories = view.histories ?? defaultHistories
    const pinned = view.pin === undefined ? undefined : readPin(view.pin, spec)
    const derived = async (of: ExperimentSpec, shown: number) => {
      const outcome = await results.get(of, callerOf(c))
      return { result: deriveResult(of, outcome, { histories: shown }), source: outcome.source }
    }
    return represent(c, {
      type: 'application/json',
      identity: ['experiments', await digest(spec), histories, ...(pinned ? [await digest(pinned)] : [])].join('-'),
      make: async () => {
        const { result, source } = await derived(spec, histories)
        if (!pinned) return { body: JSON.stringify(result), headers: cacheStatus({ source }) }
        const other = await derived(pinned, 0)
        const body: ExperimentResult = { ...result, comparison: compare(result, other.result) }
        return { body: JSON.stringify(body), headers: cacheStatus({ source: farthest([source, other.source]) }) }
      },
    })
  }
}
