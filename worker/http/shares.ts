/**
 * How much new work each address has asked this isolate for. A share is lent: who has any of it left may begin
 * anything, and owes what that takes beyond it. So a large experiment is never kept out by small ones, and who asks for
 * the largest again and again waits the longest.
 */
import { addressLimits } from '#experiment/limits.ts'
import { Recent } from '#experiment/recent.ts'

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

/** What is known of one address. */
interface Account {
  /** Operations that it has left; below zero what it owes. */
  left: number
  /** When that was so, in milliseconds. */
  at: number
  /** Operations that the platform has let it begin, and that have not begun. */
  let: number
}

/** Accounts are kept in so much memory: some 4,000 of them, and those in use stay. */
const memoryBytes = 4 * 1024 * 1024
/** Bytes of an account, beside its place in the map. */
const accountBytes = 48
/** When to come back where the platform refuses: its count is of a minute. */
const platformSeconds = 60

/** Asks the platform's own limit to let an address go on; false where it does not. */
type Gate = () => Promise<boolean>

export class Shares {
  readonly #accounts = new Recent<Account>(memoryBytes, () => accountBytes)

  /**
   * Takes work out of an address's share.
   *
   * @param place whom the address stands for
   * @param work estimated operations of all that is to begin
   * @param gate asked before anything is taken, once for each portion of work; one that fails lets everyone in
   * @throws RateError with the time until the address has anything left, or until the platform counts anew
   */
  async take(place: string, work: number, gate: Gate): Promise<void> {
    const { least, portion } = addressLimits
    const taken = Math.max(work, least)
    // Counted at once: those who ask at the same time see what is left after this one.
    const account = this.#account(place)
    if (account.left <= 0) throw new RateError(Math.ceil(-account.left / addressLimits.perSecond) || 1)
    account.left -= taken
    account.let -= taken
    if (account.let >= 0) return
    if (await isOpen(gate)) account.let = Math.max(0, account.let + portion)
    else {
      account.left += taken
      account.let = 0
      throw new RateError(platformSeconds)
    }
  }

  /** Gives back what was taken for trainings that turned out to be there already. */
  giveBack(place: string, work: number): void {
    const account = this.#account(place)
    account.left = Math.min(addressLimits.atOnce, account.left + work)
  }

  /** The account of a place, as it is now. */
  #account(place: string): Account {
    const { atOnce, perSecond } = addressLimits
    const now = Date.now()
    const account = this.#accounts.getOrMake(place, () => ({ left: atOnce, at: now, let: 0 }))
    account.left = Math.min(atOnce, account.left + (Math.max(0, now - account.at) / 1000) * perSecond)
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
