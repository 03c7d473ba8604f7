/**
 * The types of the Worker's bindings and of Hono's context variables, and the caller that they make up for the results
 * cache.
 */
import type { Context, Env as HonoEnv } from 'hono'

import { KvStore } from '#results/kv-store.ts'
import type { Caller } from '#results/results.ts'

import { admit, mayStore } from './admission.ts'
import type { AssemblyMemory } from './assembly-memory.ts'
import type { BodyCache } from './body-cache.ts'
import type { SingleFlight } from './single-flight.ts'
import type { WorkQuota } from './work-quota.ts'

/** The environment type of the Hono application. */
export interface WorkerApp extends HonoEnv {
  Bindings: Env
  Variables: { bodies: BodyCache; making: SingleFlight; assemblies: AssemblyMemory; shares: WorkQuota }
}

/** The caller that a request represents to the results cache. */
export function callerOf(c: Context<WorkerApp>): Caller & { signal: AbortSignal } {
  return {
    store: new KvStore(c.env.RESULTS),
    admit: async (work) => void (await admit(c, work)),
    mayStore: (bytes) => mayStore(c, bytes),
    waitUntil: (work) => c.executionCtx.waitUntil(work),
    signal: c.req.raw.signal,
  }
}
