/**
 * What a request has at hand: the Worker's bindings, and what of them the results need.
 */
import type { Context, Env as HonoEnv } from 'hono'

import { Store } from '#results/kv-store.ts'
import type { Caller } from '#results/results.ts'

import { admit, mayStore } from './admission.ts'
import type { Assemblies } from './assembly-memory.ts'
import type { Bodies } from './body-cache.ts'
import type { SingleFlight } from './single-flight.ts'
import type { Shares } from './work-quota.ts'

/** Hono's type of the application. */
export interface App extends HonoEnv {
  Bindings: Env
  Variables: { bodies: Bodies; making: SingleFlight; assemblies: Assemblies; shares: Shares }
}

/** The caller of a request, for the results. */
export function callerOf(c: Context<App>): Caller & { signal: AbortSignal } {
  return {
    store: new Store(c.env.RESULTS),
    admit: async (work) => void (await admit(c, work)),
    mayStore: (bytes) => mayStore(c, bytes),
    waitUntil: (work) => c.executionCtx.waitUntil(work),
    signal: c.req.raw.signal,
  }
}
