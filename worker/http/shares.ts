/**
 * Token buckets of new work and of stored bytes, for each client that asks this isolate. The bucket of work lends: who has
 * anything left may begin anything, and owes what that takes beyond it. So a large experiment is never kept out by small
 * ones, and who asks for the largest again and again waits the longest. The bucket of bytes does not lend, and nobody is
 * refused by it: what does not fit is answered, and not stored.
 */
import { addressLimits, storageLimits } from '#experiment/limits.ts'
import { Recent } from '#experiment/recent.ts'

import type { ClientKeys } from './address.ts'

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

/** One address has asked for too many large answers: nothing in them was new. */
export class AnswerRateError extends RateError {
  override name = 'AnswerRateError'
}

/** What is known of one place or network. */
interface Account {
  /** Operations that it has left; below zero what it owes. */
  left: number
  /** Bytes that may still be stored for it. */
  bytes: number
  /** When that was so, in milliseconds. */
  at: number
  /** Operations that the platform has let it begin, and that have not begun. */
  let: number
  /** How many times the limits of a place are its own. */
  factor: number
}

/** Accounts are kept in so much memory: some 4,000 of them, and those in use stay. */
const memoryBytes = 4 * 1024 * 1024
/** Bytes of an account, beside its place in the map. */
const accountBytes = 64
/** When to come back where the platform refuses: its count is of a minute. */
const platformSeconds = 60

/** Asks the platform's own limit to let an address go on; false where it does not. */
type Gate = () => Promise<boolean>

export class Shares {
  readonly #accounts = new Recent<Account>(memoryBytes, () => accountBytes)

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
    const accounts = this.#accountsOf(client)
    const [place] = accounts
    // Counted at once: those who ask at the same time see what is left after this one.
    const wait = Math.max(
      ...accounts.map(({ left, factor }) => (left > 0 ? 0 : Math.ceil(-left / (factor * perSecond)) || 1)),
    )
    if (wait > 0) throw new RateError(wait)
    for (const account of accounts) account.left -= taken
    place.let -= taken
    if (place.let >= 0) return
    if (await isOpen(gate)) place.let = Math.max(0, place.let + portion)
    else {
      for (const account of accounts) account.left += taken
      place.let = 0
      throw new RateError(platformSeconds)
    }
  }

  /** Gives back what was taken for trainings that turned out to be there already. */
  giveBack(client: ClientKeys, work: number): void {
    for (const account of this.#accountsOf(client))
      account.left = Math.min(account.factor * addressLimits.atOnce, account.left + work)
  }

  /** Whether so many bytes may be stored for a client; then they are counted. */
  takeBytes(client: ClientKeys, size: number): boolean {
    const taken = Math.max(size, storageLimits.leastBytes)
    const accounts = this.#accountsOf(client)
    if (accounts.some(({ bytes }) => bytes < taken)) return false
    for (const account of accounts) account.bytes -= taken
    return true
  }

  /** The accounts of a client, as they are now: that of its place, and of its network where it has one. */
  #accountsOf({ place, network }: ClientKeys): [Account, ...Account[]] {
    const own = this.#account(place, 1)
    return network === undefined ? [own] : [own, this.#account(network, addressLimits.networkFactor)]
  }

  #account(key: string, factor: number): Account {
    const now = Date.now()
    const atOnce = factor * addressLimits.atOnce
    const bytesAtOnce = factor * storageLimits.bytesAtOnce
    const account = this.#accounts.getOrMake(key, () => ({
      left: atOnce,
      bytes: bytesAtOnce,
      at: now,
      let: 0,
      factor,
    }))
    // A clock that was set back gives nothing, and counts on from there.
    const seconds = Math.max(0, now - account.at) / 1000
    account.left = Math.min(atOnce, account.left + seconds * factor * addressLimits.perSecond)
    account.bytes = Math.min(bytesAtOnce, account.bytes + seconds * factor * (storageLimits.bytesPerMinute / 60))
    account.at = now
    return account
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
