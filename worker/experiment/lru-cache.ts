/**
 * An LRU cache with a limit in bytes. It is the only cache class of the product: every in-memory cache is an instance
 * of it.
 */

/** Estimated bytes of an entry beyond its value: its key and the bookkeeping of the map. */
const entryBytes = 1000

export class LruCache<Value> {
  readonly #entries = new Map<string, { value: Value; bytes: number }>()
  readonly #most: number
  readonly #bytesOf: (value: Value) => number
  #bytes = 0

  /**
   * @param most the limit in bytes of all entries together
   * @param bytesOf the bytes that a value occupies in memory
   */
  constructor(most: number, bytesOf: (value: Value) => number) {
    this.#most = most
    this.#bytesOf = bytesOf
  }

  /** The bytes that all entries occupy together. */
  get bytes(): number {
    return this.#bytes
  }

  /** The value of a key, or undefined. Reading marks the entry as the most recently used. */
  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    // A Map iterates in insertion order, so its first key is the least recently used one.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /**
   * Stores a value and evicts the least recently used entries until the limit is met. A value larger than the limit is
   * not stored.
   */
  set(key: string, value: Value): void {
    this.#forget(key)
    const bytes = this.#bytesOf(value) + entryBytes
    if (bytes > this.#most) return
    this.#entries.set(key, { value, bytes })
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#most) break
      this.#forget(oldest)
    }
  }

  /** The cached value of a key; if there is none, the result of `make`, which is then cached. */
  getOrMake(key: string, make: () => Value): Value {
    const cached = this.get(key)
    if (cached !== undefined) return cached
    const value = make()
    this.set(key, value)
    return value
  }

  #forget(key: string): void {
    const entry = this.#entries.get(key)
    if (!entry) return
    this.#entries.delete(key)
    this.#bytes -= entry.bytes
  }
}
