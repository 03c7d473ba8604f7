/**
 * The cache of finished response bodies, keyed by origin and ETag, so that popular answers are assembled once per
 * isolate. It is behind all caches that compare ETags.
 */
import type { MiddlewareHandler } from 'hono'

import { LruCache } from '#experiment/lru-cache.ts'
import * as memoryBudgets from '#experiment/memory-budgets.ts'

import { AssemblyMemory } from './assembly-memory.ts'
import type { WorkerApp } from './environment.ts'
import { SingleFlight } from './single-flight.ts'

/** Cached bodies by origin and ETag, as the bytes that are sent. */
export type BodyCache = LruCache<Uint8Array<ArrayBuffer>>

/**
 * Middleware that gives every request access to this isolate's body cache, its request coalescing, and the memory limit
 * of large answers.
 */
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
