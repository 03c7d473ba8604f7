/**
 * The lasting cache: numbers by digest in Workers KV. Nothing that it does can fail an answer or falsify it: a store
 * that throws or hangs is a miss, and numbers that do not match their fingerprint are dropped.
 */
import { fingerprint as fingerprintOf, numbersLength, type Numbers, type Outcome } from '#experiment/numbers.ts'
import type { ExperimentSpec } from '#experiment/spec.ts'

/** What stands beside the numbers: which experiment they are of, and what they must hash to. */
interface Label {
  digest: string
  fingerprint: string
}

/** How long numbers are kept, in seconds: 180 days. Those of engines that are long gone go; others are trained again. */
const keptFor = 180 * 24 * 60 * 60
/** How long to wait for the store, in milliseconds: about ten times what a training takes. */
const patience = 1000
/** How long a store that did not answer is not asked again, in milliseconds: nobody else waits for it meanwhile. */
const rest = 10_000
/** When those that did not answer are asked again. */
const restsUntil = new WeakMap<KVNamespace, number>()

export class Store {
  readonly #namespace: KVNamespace

  constructor(namespace: KVNamespace) {
    this.#namespace = namespace
  }

  /** The numbers of an experiment, proven by their fingerprint, or undefined. Never throws. */
  async get(digest: string, spec: ExperimentSpec): Promise<Outcome | undefined> {
    if (Date.now() < (restsUntil.get(this.#namespace) ?? 0)) return undefined
    try {
      const { value, metadata } = await this.#inTime(this.#namespace.getWithMetadata<Label>(digest, 'arrayBuffer'))
      if (value === null) return undefined
      if (metadata?.digest !== digest) throw new Error('the value belongs to another experiment')
      if (value.byteLength !== numbersLength(spec) * Float32Array.BYTES_PER_ELEMENT)
        throw new Error(`the value has ${value.byteLength} bytes`)
      const numbers: Numbers = new Float32Array(value)
      if ((await fingerprintOf(numbers)) !== metadata.fingerprint) throw new Error('the fingerprint does not match')
      return { digest, fingerprint: metadata.fingerprint, numbers }
    } catch (error) {
      console.warn(`cache: ${digest} not read: ${String(error)}`)
      return undefined
    }
  }

  /** Keeps the numbers of an experiment. Never throws: what is not kept is trained again. */
  async put({ digest, fingerprint, numbers }: Outcome): Promise<void> {
    const metadata: Label = { digest, fingerprint }
    try {
      await this.#namespace.put(digest, numbers.buffer, { metadata, expirationTtl: keptFor })
    } catch (error) {
      console.warn(`cache: ${digest} not kept: ${String(error)}`)
    }
  }

  /** The promise's value, or an error where it takes too long. */
  async #inTime<Value>(promise: Promise<Value>): Promise<Value> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        restsUntil.set(this.#namespace, Date.now() + rest)
        reject(new Error(`no answer in ${patience} ms`))
      }, patience)
    })
    try {
      return await Promise.race([promise, late])
    } finally {
      clearTimeout(timer)
    }
  }
}
