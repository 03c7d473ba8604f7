/**
 * The lasting cache: numbers by digest in Workers KV. Nothing that it does can fail an answer or falsify it: a store
 * that throws or hangs is a miss, and numbers that do not match their fingerprint are dropped. One that fails, or is slow
 * again and again, is left alone for a while, so that a sweep pays for that once and not for every experiment.
 */
import { fingerprint as fingerprintOf, numbersLength, type Numbers, type Outcome } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

import { PendingWrites } from './pending-writes.ts'

/** What stands beside the numbers: which experiment they are of, and what they must hash to. */
interface Label {
  digest: string
  fingerprint: string
}

/** How long numbers are kept, in seconds: 180 days. Those of engines that are long gone go; others are trained again. */
const keptFor = 180 * 24 * 60 * 60
/** How long to wait for the store, in milliseconds: about ten times what a training takes. */
const patience = 1000
/** How long a store that failed is not asked again, in milliseconds: nobody else waits for it meanwhile. */
const rest = 10_000
/** How many lies in a row are a store's failure: one alone is a damaged entry, which the next training replaces. */
const mostLies = 2
/** How long a read may take before it counts as slow, and how much of slow reads in a row is a failure, in milliseconds. */
const slow = { from: 500, most: 2000 }

/** What is remembered of a store. */
interface Trust {
  /** Until when it is not asked, in milliseconds. */
  restsUntil: number
  /** Lies in a row. */
  lies: number
  /** Milliseconds of slow reads in a row. */
  slow: number
  writes: PendingWrites
}

const trusts = new WeakMap<KVNamespace, Trust>()

/** The store gave what is not the numbers that it was asked for. */
class Lie extends Error {}

export class Store {
  readonly #namespace: KVNamespace
  readonly #trust: Trust
  /** Reads that have begun before anyone asked for what they give. */
  readonly #ahead = new Map<string, Promise<Outcome | undefined>>()

  constructor(namespace: KVNamespace) {
    this.#namespace = namespace
    this.#trust = trusts.get(namespace) ?? { restsUntil: 0, lies: 0, slow: 0, writes: new PendingWrites() }
    trusts.set(namespace, this.#trust)
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
    const begin = Date.now()
    if (Date.now() < this.#trust.restsUntil) return undefined
    try {
      const { value, metadata } = await this.#inTime(this.#namespace.getWithMetadata<Label>(digest, 'arrayBuffer'))
      this.#judge(Date.now() - begin)
      if (value === null) return undefined
      if (metadata?.digest !== digest) throw new Lie('the value belongs to another experiment')
      if (value.byteLength !== numbersLength(spec) * Float32Array.BYTES_PER_ELEMENT)
        throw new Lie(`the value has ${value.byteLength} bytes`)
      const numbers: Numbers = new Float32Array(value)
      if ((await fingerprintOf(numbers)) !== metadata.fingerprint) throw new Lie('the fingerprint does not match')
      this.#trust.lies = 0
      return { digest, fingerprint: metadata.fingerprint, numbers }
    } catch (error) {
      console.warn(`cache: ${digest} not read: ${String(error)}`)
      const isLie = error instanceof Lie
      this.#trust.lies = isLie ? this.#trust.lies + 1 : 0
      if (!isLie || this.#trust.lies >= mostLies) this.#trust.restsUntil = Date.now() + rest
      return undefined
    }
  }

  /** Keeps the numbers of an experiment. Never throws: what is not kept is trained again. */
  async put({ digest, fingerprint, numbers }: Outcome): Promise<void> {
    const metadata: Label = { digest, fingerprint }
    try {
      const isWritten = await this.#trust.writes.add(numbers.byteLength, () =>
        this.#namespace.put(digest, numbers.buffer, { metadata, expirationTtl: keptFor }),
      )
      if (!isWritten) console.warn(`cache: ${digest} not kept: too much waits to be written`)
    } catch (error) {
      console.warn(`cache: ${digest} not kept: ${String(error)}`)
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
    this.#trust.restsUntil = Date.now() + rest
  }

  /** The promise's value, or an error where it takes too long. */
  async #inTime<Value>(promise: Promise<Value>): Promise<Value> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer in ${patience} ms`)), patience)
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
