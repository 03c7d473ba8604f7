/**
 * The lasting cache in Workers KV: numbers by digest, and what else was derived from runs (`remembered.ts`) by its kind and
 * digest. Nothing that it does can fail an answer or falsify it: a store that throws or hangs is a miss, and bytes that do
 * not match their fingerprint are dropped. One that fails, or is slow again and again, is left alone for a while, so that a
 * sweep pays for that once and not for every experiment.
 */
import { numbersLength, type Outcome } from '#experiment/result/numbers.ts'
import { sha256 } from '#experiment/sha256.ts'
import { storageLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { PendingWrites } from './pending-writes.ts'

/** What stands beside the bytes: their key, and what they must hash to. */
interface Label {
  digest: string
  fingerprint: string
}

/** Something that is stored: the whole of its buffer. */
export interface KvEntry {
  key: string
  /** SHA-256 of the bytes, 64 hex digits. */
  fingerprint: string
  bytes: Uint8Array<ArrayBuffer>
}

/** How long numbers are stored where nothing is said, in seconds. */
const longest = storageLimits.days.long * 24 * 60 * 60
/** How long to wait for the store, in milliseconds: about ten times what a training takes. */
const readTimeoutMs = 1000
/** How long a store that failed is not asked again, in milliseconds: nobody else waits for it meanwhile. */
const cooldownMs = 10_000
/** How many lies in a row are a store's failure: one alone is a damaged entry, which the next training replaces. */
const maxCorrupt = 2
/** How long a read may take before it counts as slow, and how much of slow reads in a row is a failure, in milliseconds. */
const slow = { from: 500, most: 2000 }

/** What is remembered of a store. */
interface StoreHealth {
  /** When it failed last, in milliseconds: it is not asked for a while after that. */
  failedAt: number
  /** Lies in a row. */
  corrupt: number
  /** Milliseconds of slow reads in a row. */
  slow: number
  writes: PendingWrites
}

const healthOf = new WeakMap<KVNamespace, StoreHealth>()

/** The store gave what is not the numbers that it was asked for. */
class CorruptEntryError extends Error {}

export class KvStore {
  readonly #namespace: KVNamespace
  readonly #trust: StoreHealth
  /** Reads that have begun before anyone asked for what they give. */
  readonly #ahead = new Map<string, Promise<Outcome | undefined>>()

  constructor(namespace: KVNamespace) {
    this.#namespace = namespace
    this.#trust = healthOf.get(namespace) ?? { failedAt: -Infinity, corrupt: 0, slow: 0, writes: new PendingWrites() }
    healthOf.set(namespace, this.#trust)
  }

  /** Begins to read what `get` will be asked for. */
  readAhead(digest: string, spec: ExperimentSpec): void {
    if (!this.#ahead.has(digest)) this.#ahead.set(digest, this.#read(digest, spec))
  }

  /** The numbers of an experiment, proven by their fingerprint, or undefined. Never throws. */
  get(digest: string, spec: ExperimentSpec): Promise<Outcome | undefined> {
    const ahead = this.#ahead.get(digest)
    this.#ahead.delete(digest)
    return ahead ?? this.#read(digest, spec)
  }

  async #read(digest: string, spec: ExperimentSpec): Promise<Outcome | undefined> {
    const entry = await this.read(digest, numbersLength(spec) * Float32Array.BYTES_PER_ELEMENT)
    return entry && { digest, fingerprint: entry.fingerprint, numbers: new Float32Array(entry.bytes.buffer) }
  }

  /**
   * What is stored under a key, proven by its fingerprint, or undefined. Never throws.
   *
   * @param length how many bytes it must have, where that is known
   */
  async read(key: string, length?: number): Promise<KvEntry | undefined> {
    if (this.#rests()) return undefined
    const begin = Date.now()
    try {
      const { value, metadata } = await this.#inTime(this.#namespace.getWithMetadata<Label>(key, 'arrayBuffer'))
      this.#judge(Date.now() - begin)
      if (value === null) return undefined
      if (metadata?.digest !== key) throw new CorruptEntryError('the value belongs to another experiment')
      if (length !== undefined && value.byteLength !== length)
        throw new CorruptEntryError(`the value has ${value.byteLength} bytes`)
      const bytes = new Uint8Array(value)
      if ((await sha256(bytes)) !== metadata.fingerprint) throw new CorruptEntryError('the fingerprint does not match')
      this.#trust.corrupt = 0
      return { key, fingerprint: metadata.fingerprint, bytes }
    } catch (error) {
      console.warn(`cache: ${key} not read: ${String(error)}`)
      const isLie = error instanceof CorruptEntryError
      this.#trust.corrupt = isLie ? this.#trust.corrupt + 1 : 0
      if (!isLie || this.#trust.corrupt >= maxCorrupt) this.#trust.failedAt = Date.now()
      return undefined
    }
  }

  /** Stores the numbers of an experiment. Never throws: what is not stored is trained again. */
  put({ digest, fingerprint, numbers }: Outcome, seconds: number = longest): Promise<void> {
    return this.write({ key: digest, fingerprint, bytes: new Uint8Array(numbers.buffer) }, seconds)
  }

  /** Stores something for so many seconds. Never throws. */
  async write({ key, fingerprint, bytes }: KvEntry, seconds: number): Promise<void> {
    const metadata: Label = { digest: key, fingerprint }
    try {
      const isWritten = await this.#trust.writes.add(bytes.byteLength, () =>
        this.#namespace.put(key, bytes.buffer, { metadata, expirationTtl: seconds }),
      )
      if (!isWritten) console.warn(`cache: ${key} not kept: too much waits to be written`)
    } catch (error) {
      console.warn(`cache: ${key} not kept: ${String(error)}`)
    }
  }

  /** Counts how long a read took: the store rests when slow ones together took too long. */
  #judge(milliseconds: number): void {
    if (milliseconds < slow.from) {
      this.#trust.slow = 0
      return
    }
    this.#trust.slow += milliseconds
    if (this.#trust.slow < slow.most) return
    console.warn(`cache: slow reads took ${this.#trust.slow} ms`)
    this.#trust.slow = 0
    this.#trust.failedAt = Date.now()
  }

  /** Whether it failed a short while ago. A clock that was set back since then ends that. */
  #rests(): boolean {
    const elapsed = Date.now() - this.#trust.failedAt
    return elapsed >= 0 && elapsed < cooldownMs
  }

  /** The promise's value, or an error where it takes too long. */
  async #inTime<Value>(promise: Promise<Value>): Promise<Value> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${readTimeoutMs} ms`)), readTimeoutMs)
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
