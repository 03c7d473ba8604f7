/**
 * What a request has at hand: the Worker's bindings, and what of them the results need.
 */
import type { Context, Env as HonoEnv } from 'hono'

import type { Caller } from '#results/results.ts'
import { Store } from '#results/store.ts'

import { admit, mayStore } from './admission.ts'
import type { Assemblies } from './assemblies.ts'
import type { Bodies } from './bodies.ts'
import type { Shares } from './shares.ts'
import type { SingleFlight } from './single-flight.ts'

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
