/**
 * The persistent cache in Workers KV: numbers by digest, and other measurements of runs (`measurement-cache.ts`) by
 * kind and digest. It can neither fail nor falsify a response: if KV throws or times out, the read counts as a miss,
 * and bytes that do not match their fingerprint are discarded. After a failure, or repeatedly slow reads, KV is skipped
 * for 10 seconds, so that a sweep pays for the failure once rather than for every experiment.
 */
import { numbersLength, type Outcome } from '#experiment/result/numbers.ts'
import { sha256 } from '#experiment/sha256.ts'
import { storageLimits } from '#experiment/spec/limits.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'

import { PendingWrites } from './pending-writes.ts'

/** The metadata of an entry: its key, and the hash that its bytes must have. */
interface Label {
  digest: string
  fingerprint: string
}

/** A stored entry, which is the whole of its buffer. */
export interface KvEntry {
  key: string
  /** SHA-256 of the bytes, 64 hex digits. */
  fingerprint: string
  bytes: Uint8Array<ArrayBuffer>
}

/** How long numbers are stored by default, in seconds. */
const longest = storageLimits.days.long * 24 * 60 * 60
/** The timeout for a read, in milliseconds: about ten times as long as a training. */
const readTimeoutMs = 1000
/** How long KV is skipped after a failure, in milliseconds, so that no other request waits for it. */
const cooldownMs = 10_000
/**
 * The number of consecutive corrupt entries that count as a failure of KV. A single one is a damaged entry, which the
 * next training replaces.
 */
const maxCorrupt = 2
/**
 * The duration from which a read counts as slow, and the total of consecutive slow reads that counts as a failure, in
 * milliseconds.
 */
const slow = { from: 500, most: 2000 }

/** The health of a KV namespace, as seen by this isolate. */
interface StoreHealth {
  /** When it failed last, in milliseconds; it is skipped for a while after that. */
  failedAt: number
  /** Consecutive corrupt entries. */
  corrupt: number
  /** Total milliseconds of consecutive slow reads. */
  slow: number
  writes: PendingWrites
}

const healthOf = new WeakMap<KVNamespace, StoreHealth>()

/** The error for an entry that is not what was requested. */
class CorruptEntryError extends Error {}

export class KvStore {
  readonly #namespace: KVNamespace
  readonly #trust: StoreHealth
  /** Reads that were started ahead of the `get` that needs them. */
  readonly #ahead = new Map<string, Promise<Outcome | undefined>>()

  constructor(namespace: KVNamespace) {
    this.#namespace = namespace
    this.#trust = healthOf.get(namespace) ?? { failedAt: -Infinity, corrupt: 0, slow: 0, writes: new PendingWrites() }
    healthOf.set(namespace, this.#trust)
  }

  /** Starts the read that a later `get` will need. */
  readAhead(digest: string, spec: ExperimentSpec): void {
    if (!this.#ahead.has(digest)) this.#ahead.set(digest, this.#read(digest, spec))
  }

  /** The numbers of an experiment, verified by their fingerprint, or undefined. Never throws. */
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
   * The entry of a key, verified by its fingerprint, or undefined. Never throws.
   *
   * @param length the number of bytes that it must have, if known
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

  /** Stores the numbers of an experiment. Never throws, since numbers that are not stored can be trained again. */
  put({ digest, fingerprint, numbers }: Outcome, seconds: number = longest): Promise<void> {
    return this.write({ key: digest, fingerprint, bytes: new Uint8Array(numbers.buffer) }, seconds)
  }

  /** Stores an entry for a number of seconds. Never throws. */
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

  /** Records the duration of a read. KV is skipped for a while if consecutive slow reads took too long in total. */
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

  /** Whether it is skipped because of a recent failure. If the clock was set back since then, it is not. */
  #rests(): boolean {
    const elapsed = Date.now() - this.#trust.failedAt
    return elapsed >= 0 && elapsed < cooldownMs
  }

  /** The promise's value, or an error if it takes too long. */
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
