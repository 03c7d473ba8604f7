/**
 * Finished bodies by their question: what many ask for is put together once. In one isolate, behind every cache that
 * looks at ETags.
 */
import type { MiddlewareHandler } from 'hono'

import { LruCache } from '#experiment/lru-cache.ts'
import * as memoryBudgets from '#experiment/memory-budgets.ts'

import { AssemblyMemory } from './assembly-memory.ts'
import type { WorkerApp } from './environment.ts'
import { SingleFlight } from './single-flight.ts'

/** Bodies by the address of the site and the ETag, as the bytes that are sent. */
export type BodyCache = LruCache<Uint8Array<ArrayBuffer>>

/** Gives every request the bodies that this isolate remembers, and what limits the making of others. */
export function createBodyCache(): MiddlewareHandler<WorkerApp> {
  const bodies: BodyCache = new LruCache(memoryBudgets.bodies, ({ byteLength }) => byteLength)
  const making = new SingleFlight()
  const assemblies = new AssemblyMemory()
  return (c, next) => {
    c.set('bodies', bodies)
    c.set('making', making)
    c.set('assemblies', assemblies)
    return next()
  }
}
