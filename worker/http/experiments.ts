/**
 * `/api/experiments`: the result of an experiment, trained or from the cache.
 */
import type { Handler } from 'hono'

import { deriveResult } from '#experiment/derive.ts'
import { digest } from '#experiment/digest.ts'
import { whole } from '#experiment/fields.ts'
import { readSpec } from '#experiment/permalink.ts'
import type { Results } from '#results/results.ts'

import { callerOf, type App } from './environment.ts'
import { cacheStatus, represent } from './representation.ts'

/** View keys: how a result is shown. */
export const experimentView = { histories: whole('histories', 0, 200) }
/** Runs that come with their full history. */
export const defaultHistories = 5

export function getExperiment(results: Results): Handler<App> {
  return async (c) => {
    const { spec, view } = readSpec(new URL(c.req.url).searchParams, experimentView, 'refuse')
    const histories = view.histories ?? defaultHistories
    return represent(c, {
      type: 'application/json',
      identity: `experiments-${await digest(spec)}-${histories}`,
      make: async () => {
        const outcome = await results.get(spec, callerOf(c))
        return { body: JSON.stringify(deriveResult(spec, outcome, { histories })), headers: cacheStatus(outcome) }
      },
    })
  }
}
