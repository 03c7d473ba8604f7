/**
 * Tracks the writes to KV that have not finished. If KV hangs, pending values stay in memory, so their total size is
 * limited, and nothing more is stored beyond the limit.
 */
import { storeLimits } from '#experiment/spec/limits.ts'

interface Write {
  bytes: number
  /** When it started, in milliseconds. */
  since: number
}

export class PendingWrites {
  readonly #writes = new Set<Write>()

  /**
   * Runs a write if its bytes fit the limit.
   *
   * @returns whether it was written
   * @throws whatever `write` throws, or an error if it takes too long
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

  /**
   * The bytes of all pending writes. A write that is older than its limit belonged to a request that the platform has
   * ended, and no longer counts.
   */
  get bytes(): number {
    let bytes = 0
    for (const write of this.#writes)
      if (Math.abs(Date.now() - write.since) > storeLimits.longestWrite) this.#writes.delete(write)
      else bytes += write.bytes
    return bytes
  }
}
