/**
 * Decides which results are stored in KV and for how long. Results that are cheaper to train again than to store are
 * not stored, nor are those beyond a client's quota.
 */
import { isolateLimits, storageLimits } from '#experiment/spec/limits.ts'

import type { KvStore } from './kv-store.ts'

/** The part of a caller that storing needs. */
export interface Storing {
  store: KvStore
  /** Whether this many bytes may be stored for the client. If so, they are taken from its quota. */
  mayStore: (bytes: number) => boolean
  /** Keeps the isolate alive after the response, as `ctx.waitUntil` does. */
  waitUntil: (work: Promise<unknown>) => void
}

const day = 24 * 60 * 60

/** For how long a result is stored, in seconds; 0 if training it again is cheaper. */
export function storageSeconds(work: number, bytes: number): number {
  if (work < storageLimits.leastWorkPerByte * bytes) return 0
  const { short, long } = storageLimits.days
  return day * (work <= isolateLimits.shortWork ? short : long)
}

/**
 * Stores the outcome of a training if that is worth its bytes and within the client's quota.
 *
 * @param write stores the outcome for a number of seconds
 */
export function storeIfWorthwhile(
  { mayStore, waitUntil }: Storing,
  { work, bytes }: { work: number; bytes: number },
  write: (seconds: number) => Promise<void>,
): void {
  const seconds = storageSeconds(work, bytes)
  if (seconds > 0 && mayStore(bytes)) waitUntil(write(seconds))
}
