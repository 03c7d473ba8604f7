/**
 * Token buckets of new work and of stored bytes, for each client that asks this isolate. The bucket of work lends: who has
 * anything left may begin anything, and owes what that takes beyond it. So a large experiment is never kept out by small
 * ones, and who asks for the largest again and again waits the longest. The bucket of bytes does not lend, and nobody is
 * refused by it: what does not fit is answered, and not stored.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import { quotas } from '#experiment/memory-budgets.ts'
import { addressLimits, storageLimits } from '#experiment/spec/limits.ts'

import type { ClientKeys } from './client-key.ts'

/** One address has asked for too much new work. */
export class RateError extends Error {
  override name = 'RateError'
  /** When to come back. */
  readonly seconds: number

  constructor(seconds: number) {
    super(`too much new work, for ${seconds} s`)
    this.seconds = seconds
  }
}

/** What is known of one place or network. */
interface TokenBucket {
  /** Operations that it has left; below zero what it owes. */
  left: number
  /** Bytes that may still be stored for it. */
  bytes: number
  /** When that was so, in milliseconds. */
  at: number
  /** Operations that the platform has let it begin, and that have not begun. */
  platformCredit: number
  /** How many times the limits of a place are its own. */
  factor: number
}

/** Bytes of a bucket, beside its place in the map. */
const bucketBytes = 64
/** When to come back where the platform refuses: its count is of a minute. */
const platformSeconds = 60

/** Asks the platform's own limit to let an address go on; false where it does not. */
type Gate = () => Promise<boolean>

export class WorkQuota {
  readonly #buckets = new LruCache<TokenBucket>(quotas, () => bucketBytes)

  /**
   * Takes work out of a client's buckets.
   *
   * @param client the keys that it is counted under
   * @param work estimated operations of all that is to begin
   * @param gate asked before anything is taken, once for each portion of work; one that fails lets everyone in
   * @throws RateError with the time until the client has anything left, or until the platform counts anew
   */
  async take(client: ClientKeys, work: number, gate: Gate): Promise<void> {
    const { least, portion, perSecond } = addressLimits
    const taken = Math.max(work, least)
    const buckets = this.#bucketsOf(client)
    const [own] = buckets
    // Counted at once: those who ask at the same time see what is left after this one.
    const wait = Math.max(
      ...buckets.map(({ left, factor }) => (left > 0 ? 0 : Math.ceil(-left / (factor * perSecond)) || 1)),
    )
    if (wait > 0) throw new RateError(wait)
    for (const bucket of buckets) bucket.left -= taken
    own.platformCredit -= taken
    if (own.platformCredit >= 0) return
    if (await isOpen(gate)) own.platformCredit = Math.max(0, own.platformCredit + portion)
    else {
      for (const bucket of buckets) bucket.left += taken
      own.platformCredit = 0
      throw new RateError(platformSeconds)
    }
  }

  /** Gives back what was taken for trainings that turned out to be there already. */
  giveBack(client: ClientKeys, work: number): void {
    for (const bucket of this.#bucketsOf(client))
      bucket.left = Math.min(bucket.factor * addressLimits.atOnce, bucket.left + work)
  }

  /** Whether so many bytes may be stored for a client; then they are counted. */
  takeBytes(client: ClientKeys, size: number): boolean {
    const taken = Math.max(size, storageLimits.leastBytes)
    const buckets = this.#bucketsOf(client)
    if (buckets.some(({ bytes }) => bytes < taken)) return false
    for (const bucket of buckets) bucket.bytes -= taken
    return true
  }

  /** The buckets of a client, as they are now: that of its place, and of its network where it has one. */
  #bucketsOf({ address, network }: ClientKeys): [TokenBucket, ...TokenBucket[]] {
    const own = this.#bucket(address, 1)
    return network === undefined ? [own] : [own, this.#bucket(network, addressLimits.networkFactor)]
  }

  #bucket(key: string, factor: number): TokenBucket {
    const now = Date.now()
    const atOnce = factor * addressLimits.atOnce
    const bytesAtOnce = factor * storageLimits.bytesAtOnce
    const bucket = this.#buckets.getOrMake(key, () => ({
      left: atOnce,
      bytes: bytesAtOnce,
      at: now,
      platformCredit: 0,
      factor,
    }))
    // A clock that was set back gives nothing, and counts on from there.
    const seconds = Math.max(0, now - bucket.at) / 1000
    bucket.left = Math.min(atOnce, bucket.left + seconds * factor * addressLimits.perSecond)
    bucket.bytes = Math.min(bytesAtOnce, bucket.bytes + seconds * factor * (storageLimits.bytesPerMinute / 60))
    bucket.at = now
    return bucket
  }
}

/** Whether the platform lets an address go on. Its limit must not be what fails: the isolate's own still holds. */
async function isOpen(gate: Gate): Promise<boolean> {
  try {
    return await gate()
  } catch (error) {
    console.warn(`rate limit: ${String(error)}`)
    return true
  }
}
