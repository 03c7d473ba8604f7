/**
 * The writes to a store that have not ended. A store that hangs keeps what is written to it in memory, so there is a limit
 * for their bytes, beyond which nothing is stored.
 */
import { storeLimits } from '#experiment/spec/limits.ts'

interface Write {
  bytes: number
  /** When it began, in milliseconds. */
  since: number
}

export class PendingWrites {
  readonly #writes = new Set<Write>()

  /**
   * Writes something, if there is room for it.
   *
   * @returns whether it was written
   * @throws what `write` throws, or an error where it takes too long
   */
  async add(bytes: number, write: () => Promise<void>): Promise<boolean> {
    if (this.bytes + bytes > storeLimits.pendingBytes) return false
    const pending = { bytes, since: Date.now() }
    this.#writes.add(pending)
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new Error(`not written in ${storeLimits.longestWrite} ms`)),
        storeLimits.longestWrite,
      )
    })
    try {
      await Promise.race([write(), late])
    } finally {
      clearTimeout(timer)
      this.#writes.delete(pending)
    }
    return true
  }

  /** The bytes that wait. What has waited too long belonged to a request that the platform has ended. */
  get bytes(): number {
    let bytes = 0
    for (const write of this.#writes)
      if (Math.abs(Date.now() - write.since) > storeLimits.longestWrite) this.#writes.delete(write)
      else bytes += write.bytes
    return bytes
  }
}
