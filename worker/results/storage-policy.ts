/**
 * Which results are stored, and for how long: not what is cheaper to train again than to keep, nor more than a client may
 * have stored.
 */
import { isolateLimits, storageLimits } from '#experiment/spec/limits.ts'

import type { KvStore } from './kv-store.ts'

/** Who asks for what may be stored. */
export interface Storing {
  store: KvStore
  /** Whether so many bytes may be stored for the client; then they are counted. */
  mayStore: (bytes: number) => boolean
  /** Keeps the isolate working after the answer, as `ctx.waitUntil` does. */
  waitUntil: (work: Promise<unknown>) => void
}

const day = 24 * 60 * 60

/** For how long something is stored, in seconds; 0 where training it again is cheaper. */
export function storedFor(work: number, bytes: number): number {
  if (work < storageLimits.leastWorkPerByte * bytes) return 0
  const { short, long } = storageLimits.days
  return day * (work <= isolateLimits.shortWork ? short : long)
}

/**
 * Stores what a training of so many operations gave, where it is worth its bytes and the client may have it stored.
 *
 * @param write stores it for so many seconds
 */
export function storeAsDecided(
  { mayStore, waitUntil }: Storing,
  { work, bytes }: { work: number; bytes: number },
  write: (seconds: number) => Promise<void>,
): void {
  const seconds = storedFor(work, bytes)
  if (seconds > 0 && mayStore(bytes)) waitUntil(write(seconds))
}
