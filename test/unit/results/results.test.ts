import { describe, expect, it, vi } from 'vitest'

import { digest } from '#experiment/spec/digest.ts'
import { completeSpec } from '#experiment/spec/spec.ts'
import { KvStore } from '#results/kv-store.ts'
import { Results, type Caller } from '#results/results.ts'
import { Trainings } from '#results/trainings.ts'
import { trainNumbers } from '#training/by-engine.ts'

const spec = completeSpec({ epochs: 2 })

interface Entry {
  value: ArrayBuffer
  metadata: unknown
}

/** Workers KV as far as the store uses it, with faults that the real one only has in production. */
class FaultyNamespace {
  readonly entries = new Map<string, Entry>()
  onRead: ((entry: Entry | undefined) => Promise<Entry | undefined>) | undefined
  onWrite: (() => Promise<void>) | undefined

  async getWithMetadata(key: string) {
    const entry = this.entries.get(key)
    const read = this.onRead ? await this.onRead(entry) : entry
    return { value: read?.value.slice() ?? null, metadata: read?.metadata ?? null }
  }

  async put(key: string, value: ArrayBuffer, { metadata }: { metadata: unknown }) {
    await this.onWrite?.()
    this.entries.set(key, { value: value.slice(), metadata })
  }
}

/** An isolate with nothing in memory, on a namespace that others may have written to. */
function isolate(namespace = new FaultyNamespace()) {
  let started = 0
  const results = new Results(new Trainings(), (...asked) => {
    started++
    return trainNumbers(...asked)
  })
  const work: Promise<unknown>[] = []
  const caller: Caller = {
    store: new KvStore(namespace as unknown as KVNamespace),
    admit: async () => {},
    mayStore: () => true,
    waitUntil: (promise) => void work.push(promise),
  }
  const get = async () => {
    const outcome = await results.get(spec, caller)
    await Promise.all(work)
    return outcome
  }
  return { namespace, get, results, caller, trained: () => started }
}

describe('the results', () => {
  it('are trained once, then come from memory, and in another isolate from the store', async () => {
    const one = isolate()
    const first = await one.get()
    expect(first.source).toBe('training')
    expect(await one.get()).toEqual({ ...first, source: 'memory' })
    const other = isolate(one.namespace)
    expect(await other.get()).toEqual({ ...first, source: 'store' })
    expect(await other.get()).toEqual({ ...first, source: 'memory' })
    expect([one.trained(), other.trained()]).toEqual([1, 0])
  })

  it('that many ask for at once are trained and stored once', async () => {
    const { results, caller, namespace, trained } = isolate()
    const put = vi.spyOn(namespace, 'put')
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => results.get(spec, caller)))
    expect(new Set(outcomes.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect(trained()).toBe(1)
    expect(put).toHaveBeenCalledTimes(1)
  })

  it('are trained and stored once also where a training is over in its first slice', async () => {
    const { results, caller, namespace, trained } = isolate()
    const put = vi.spyOn(namespace, 'put')
    const small = completeSpec({ examples: 20, epochs: 1, engine: 'layers' })
    await Promise.all(Array.from({ length: 5 }, () => results.get(small, caller)))
    expect(trained()).toBe(1)
    expect(put).toHaveBeenCalledTimes(1)
  })

  it('are kept for the next who asks, also where the request that trained them never comes back', async () => {
    const { results, caller, trained } = isolate()
    const lost = results.follow(spec, caller)
    await lost.next()
    const [followed] = await Promise.all([results.get(spec, caller), lost.next()])
    expect(followed.fingerprint).toBe((await results.get(spec, caller)).fingerprint)
    expect((await results.get(spec, caller)).source).toBe('memory')
    expect(trained()).toBe(1)
  })

  it('are kept by another who waits for them, where the one who trained them never comes back', async () => {
    const { results, caller, namespace, trained } = isolate()
    const put = vi.spyOn(namespace, 'put')
    const sha256 = crypto.subtle.digest.bind(crypto.subtle)
    // The first to prove the numbers is lost on the way.
    const proof = vi.spyOn(crypto.subtle, 'digest').mockImplementation((name, bytes) => {
      if (bytes instanceof Float32Array && proof.mock.calls.filter(([, other]) => other === bytes).length === 1)
        return new Promise(() => {})
      return sha256(name, bytes)
    })
    void results.get(spec, caller)
    const followers = await Promise.all(Array.from({ length: 4 }, () => results.get(spec, caller)))
    proof.mockRestore()
    expect(new Set(followers.map(({ fingerprint }) => fingerprint)).size).toBe(1)
    expect((await results.get(spec, caller)).source).toBe('memory')
    expect(trained()).toBe(1)
    expect(put).toHaveBeenCalledTimes(1)
  })

  it('are stored once, where the one who trained them comes back after another has taken over', async () => {
    const { results, caller, namespace, trained } = isolate()
    const put = vi.spyOn(namespace, 'put')
    const sha256 = crypto.subtle.digest.bind(crypto.subtle)
    const delay = Promise.withResolvers<void>()
    // The first to prove the numbers is slow.
    const proof = vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (name, bytes) => {
      const isFirst = proof.mock.calls.filter(([, other]) => other === bytes).length === 1
      if (bytes instanceof Float32Array && isFirst) await delay.promise
      return sha256(name, bytes)
    })
    const slow = results.get(spec, caller)
    await results.get(spec, caller)
    expect(put).toHaveBeenCalledTimes(1)
    delay.resolve()
    await slow
    proof.mockRestore()
    expect(trained()).toBe(1)
    expect(put).toHaveBeenCalledTimes(1)
  })

  it('are proven once, not once for each who waits', async () => {
    const { results, caller } = isolate()
    const proof = vi.spyOn(crypto.subtle, 'digest')
    await Promise.all(Array.from({ length: 20 }, () => results.get(spec, caller)))
    expect(proof.mock.calls.filter(([, bytes]) => bytes instanceof Float32Array)).toHaveLength(1)
    proof.mockRestore()
  })

  it('of 30 who ask for different ones at once are all served', async () => {
    const { results, caller } = isolate()
    const specs = Array.from({ length: 30 }, (_, seed) => completeSpec({ epochs: 2, seed }))
    const outcomes = await Promise.all(specs.map((one) => results.get(one, caller)))
    expect(new Set(outcomes.map(({ fingerprint }) => fingerprint)).size).toBe(30)
  })

  it('ask for leave once, however many want them, and not for what is cached', async () => {
    const { results, caller } = isolate()
    // Asking takes a while, as everything between machines does.
    const admit = vi.fn<() => Promise<void>>(() => new Promise((resolve) => setTimeout(resolve, 30)))
    await Promise.all(Array.from({ length: 10 }, () => results.get(spec, { ...caller, admit })))
    await results.get(spec, { ...caller, admit })
    expect(admit).toHaveBeenCalledTimes(1)
  })

  it('that one client may not have trained, another who asks for the same still gets', async () => {
    const { results, caller } = isolate()
    const wait = () => new Promise((resolve) => setTimeout(resolve, 30))
    const admit = async () => {
      await wait()
      throw new Error('too many')
    }
    const refused = results.get(spec, { ...caller, admit }).catch(String)
    await wait()
    const other = results.get(spec, caller)
    expect(await refused).toBe('Error: too many')
    expect((await other).source).toBe('training')
  })
})

const quiet = () => vi.spyOn(console, 'warn').mockImplementation(() => {})

describe('a store that', () => {
  it('does not answer is waited for once, not by everyone', async () => {
    const warn = quiet()
    const { namespace, results, caller } = isolate()
    const read = vi.fn<() => Promise<never>>(() => new Promise(() => {}))
    namespace.onRead = read
    for (let seed = 0; seed < 5; seed++) await results.get(completeSpec({ epochs: 2, seed }), caller)
    expect(read).toHaveBeenCalledTimes(1)
    warn.mockRestore()
  })

  it.each<[string, number, (entry: Entry | undefined) => Promise<Entry | undefined>]>([
    ['throws', 1, () => Promise.reject(new Error('KV GET failed: 500'))],
    ['hangs', 1, () => new Promise(() => {})],
    ['lies', 2, async () => ({ value: new ArrayBuffer(8), metadata: { digest: 'x', fingerprint: 'f' } })],
  ])('%s is asked %i times by a sweep, and not once for each experiment', async (_, times, read) => {
    const warn = quiet()
    const { namespace, results, caller } = isolate()
    const reads = vi.fn<typeof read>(read)
    namespace.onRead = reads
    for (let seed = 0; seed < 8; seed++) {
      const { source } = await results.get(completeSpec({ epochs: 2, seed }), caller)
      expect(source).toBe('training')
    }
    expect(reads).toHaveBeenCalledTimes(times)
    // It is a fault of reading: what was trained is kept all the same.
    expect(namespace.entries.size).toBe(8)
    warn.mockRestore()
  })

  it('has a damaged entry among good ones is asked for all of them', async () => {
    const warn = quiet()
    const specs = [0, 1, 2, 3, 4, 5].map((seed) => completeSpec({ epochs: 2, seed }))
    const one = isolate()
    for (const of of specs) await one.results.get(of, one.caller)
    for (const of of [specs[1]!, specs[4]!]) one.namespace.entries.get(await digest(of))!.metadata = null
    const other = isolate(one.namespace)
    const sources: string[] = []
    for (const of of specs) sources.push((await other.results.get(of, other.caller)).source)
    expect(sources).toEqual(['store', 'training', 'store', 'store', 'training', 'store'])
    warn.mockRestore()
  })

  it.each<[string, (namespace: FaultyNamespace) => void]>([
    ['cannot be read', (namespace) => (namespace.onRead = () => Promise.reject(new Error('KV GET failed: 500')))],
    ['cannot be written', (namespace) => (namespace.onWrite = () => Promise.reject(new Error('429')))],
    ['never answers', (namespace) => (namespace.onRead = () => new Promise(() => {}))],
  ])('%s does not fail an answer', async (_, breakIt) => {
    const warn = quiet()
    const { namespace, get } = isolate()
    breakIt(namespace)
    const { source, fingerprint } = await get()
    expect(source).toBe('training')
    expect(fingerprint).toBe((await isolate().get()).fingerprint)
    expect(warn).toHaveBeenCalled()
    warn.mockRestore()
  })

  it.each<[string, (entry: Entry) => Entry]>([
    [
      'changes one bit',
      ({ value, metadata }) => {
        const bytes = new Uint8Array(value.slice())
        bytes[7]! ^= 1
        return { value: bytes.buffer, metadata }
      },
    ],
    ['loses the end', ({ value, metadata }) => ({ value: value.slice(0, -4), metadata })],
    ['loses everything', ({ metadata }) => ({ value: new ArrayBuffer(0), metadata })],
    ['loses the label', ({ value }) => ({ value, metadata: null })],
    ['garbles the label', ({ value }) => ({ value, metadata: { digest: 1, fingerprint: {} } })],
    [
      'gives another experiment’s numbers',
      ({ value }) => ({ value, metadata: { digest: 'another', fingerprint: 'f' } }),
    ],
  ])('%s is not believed: the numbers are trained and kept again', async (_, lie) => {
    const warn = quiet()
    const { namespace, get } = isolate()
    const honest = await get()
    const key = await digest(spec)
    namespace.entries.set(key, lie(namespace.entries.get(key)!))
    const other = isolate(namespace)
    expect(await other.get()).toEqual({ ...honest, source: 'training' })
    expect(await isolate(namespace).get()).toEqual({ ...honest, source: 'store' })
    expect(warn).toHaveBeenCalledTimes(1)
    warn.mockRestore()
  })
})
