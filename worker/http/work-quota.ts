/**
 * Token-bucket quotas of training work and of stored bytes per client, counted in each isolate. The work bucket may be
 * overdrawn: a client with anything left may start any experiment and owes the excess. Small experiments therefore
 * never exclude a large one, and a client that keeps requesting the largest waits the longest. The byte bucket cannot
 * be overdrawn, and it refuses no request: a result that does not fit is answered but not stored.
 */
import { LruCache } from '#experiment/lru-cache.ts'
import { quotas } from '#experiment/memory-budgets.ts'
import { addressLimits, storageLimits } from '#experiment/spec/limits.ts'

import type { ClientKeys } from './client-key.ts'

/** The error thrown if one address has requested too much new work. */
export class RateError extends Error {
  override name = 'RateError'
  /** The seconds after which to retry. */
  readonly seconds: number

  constructor(seconds: number) {
    super(`too much new work, for ${seconds} s`)
    this.seconds = seconds
  }
}

/** The bucket of one address or network. */
interface TokenBucket {
  /** Remaining operations; a negative value is a debt. */
  left: number
  /** Bytes that may still be stored for it. */
  bytes: number
  /** When the bucket was last refilled, in milliseconds. */
  at: number
  /** Operations that the platform's rate limiter has granted and that are not used yet. */
  platformCredit: number
  /** The factor of its limits: 1 for an address, more for a network. */
  factor: number
}

/** The bytes of a bucket, without its map entry. */
const bucketBytes = 64
/** The seconds after which to retry if the platform refuses: its limit counts per minute. */
const platformSeconds = 60

/** Asks the platform's rate limiter whether an address may proceed. */
type Gate = () => Promise<boolean>

export class WorkQuota {
  readonly #buckets = new LruCache<TokenBucket>(quotas, () => bucketBytes)

  /**
   * Takes work from a client's buckets.
   *
   * @param client the keys under which it is counted
   * @param work estimated operations of everything that is to start
   * @param gate called before any work is granted, once for each portion of work; if it throws, the client may proceed
   * @throws RateError with the seconds until the client has any work left, or until the platform's limit is reset
   */
  async take(client: ClientKeys, work: number, gate: Gate): Promise<void> {
    const { least, portion, perSecond } = addressLimits
    const taken = Math.max(work, least)
    const buckets = this.#bucketsOf(client)
    const [own] = buckets
    // Taken immediately, so that concurrent requests see what is left after this one.
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

  /** Returns work to a client's buckets that was taken for trainings which turned out to be cached. */
  giveBack(client: ClientKeys, work: number): void {
    for (const bucket of this.#bucketsOf(client))
      bucket.left = Math.min(bucket.factor * addressLimits.atOnce, bucket.left + work)
  }

  /** Whether this many bytes may be stored for a client. If so, they are taken from its buckets. */
  takeBytes(client: ClientKeys, size: number): boolean {
    const taken = Math.max(size, storageLimits.leastBytes)
    const buckets = this.#bucketsOf(client)
    if (buckets.some(({ bytes }) => bytes < taken)) return false
    for (const bucket of buckets) bucket.bytes -= taken
    return true
  }

  /** The refilled buckets of a client: that of its address, and that of its network if it has one. */
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
    // If the clock was set back, nothing is refilled and counting restarts from there.
    const seconds = Math.max(0, now - bucket.at) / 1000
    bucket.left = Math.min(atOnce, bucket.left + seconds * factor * addressLimits.perSecond)
    bucket.bytes = Math.min(bytesAtOnce, bucket.bytes + seconds * factor * (storageLimits.bytesPerMinute / 60))
    bucket.at = now
    return bucket
  }
}

/**
 * Whether the platform lets an address proceed. If its limiter fails, the request is allowed, since the isolate's own
 * limit still holds.
 */
async function isOpen(gate: Gate): Promise<boolean> {
  try {
    return await gate()
  } catch (error) {
    console.warn(`rate limit: ${String(error)}`)
    return true
  }
}
