/**
 * Finished bodies by their question: what many ask for is put together once. In one isolate, behind every cache that
 * looks at ETags.
 */
import type { MiddlewareHandler } from 'hono'

import { Recent } from '#experiment/recent.ts'

import type { App } from './environment.ts'

/** A body that is all there. */
export type Remembered = string | Uint8Array<ArrayBuffer>
/** Bodies by the address of the site and the ETag. */
export type Bodies = Recent<Remembered>

/** Bodies held in memory, of an isolate's 128 MB. */
const memoryBytes = 16 * 1024 * 1024
/** A character of a body may take two bytes. */
const bytesOf = (body: Remembered) => (typeof body === 'string' ? 2 * body.length : body.byteLength)

/** Gives every request the bodies that this isolate remembers. */
export function rememberBodies(): MiddlewareHandler<App> {
  const bodies: Bodies = new Recent(memoryBytes, bytesOf)
  return (c, next) => {
    c.set('bodies', bodies)
    return next()
  }
}
