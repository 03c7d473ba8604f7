/**
 * What was used last, up to a number of bytes: the one memory of its kind in the product.
 */

/** What an entry takes beside its value: its key, and its places in the map. */
const entryBytes = 1000

export class LruCache<Value> {
  readonly #entries = new Map<string, { value: Value; bytes: number }>()
  readonly #most: number
  readonly #bytesOf: (value: Value) => number
  #bytes = 0

  /**
   * @param most the bytes that all entries may take together
   * @param bytesOf the bytes that a value truly holds
   */
  constructor(most: number, bytesOf: (value: Value) => number) {
    this.#most = most
    this.#bytesOf = bytesOf
  }

  /** The bytes that all entries take. */
  get bytes(): number {
    return this.#bytes
  }

  /** The value, which is now the one used last. */
  get(key: string): Value | undefined {
    const entry = this.#entries.get(key)
    if (!entry) return undefined
    // A map keeps the order in which its keys came: the first is the one unused longest.
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    return entry.value
  }

  /** Remembers a value, and forgets those unused longest; a value that is larger than everything may be is not kept. */
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

  /** The value, made and remembered where it is not. */
  getOrMake(key: string, make: () => Value): Value {
    const known = this.get(key)
    if (known !== undefined) return known
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
