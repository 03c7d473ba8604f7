/** What the lasting cache is believed, and what an operator reads of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { emptyNumbers, fingerprint, type Outcome } from '#experiment/result/numbers.ts'
import { digest } from '#experiment/spec/digest.ts'
import { storeLimits } from '#experiment/spec/limits.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec/spec.ts'
import { KvStore } from '#results/kv-store.ts'

const spec = completeSpec({ epochs: 2 })

/** The outcome of an experiment, with some numbers. */
async function outcomeOf(of: ExperimentSpec, value = 0.5): Promise<Outcome> {
  const numbers = emptyNumbers(of).fill(value)
  return { digest: await digest(of), fingerprint: await fingerprint(numbers), numbers }
}

/** A namespace that gives what it was given, as the type that it is asked for. */
function namespace() {
  const entries = new Map<string, { value: ArrayBuffer; metadata: unknown }>()
  const getWithMetadata = vi.fn<(key: string, type: string) => Promise<unknown>>(async (key, type) => {
    if (type !== 'arrayBuffer') throw new Error(`${type} is no type of numbers`)
    return { value: entries.get(key)?.value ?? null, metadata: entries.get(key)?.metadata ?? null }
  })
  const put = vi.fn<
    (key: string, value: ArrayBuffer, options: { metadata: unknown; expirationTtl: number }) => Promise<void>
  >(async (key, value, { metadata }) => void entries.set(key, { value: value.slice(), metadata }))
  return { entries, getWithMetadata, put, store: new KvStore({ getWithMetadata, put } as unknown as KVNamespace) }
}

const warn = vi.spyOn(console, 'warn')
beforeEach(() => void warn.mockReset().mockReturnValue())
afterEach(() => void vi.useRealTimers())

describe('a store', () => {
  it('gives back what it was given, and nothing of what it was not', async () => {
    const { store } = namespace()
    const outcome = await outcomeOf(spec)
    expect(await store.get(outcome.digest, spec)).toBeUndefined()
    await store.put(outcome)
    expect(await store.get(outcome.digest, spec)).toEqual(outcome)
    expect(warn).not.toHaveBeenCalled()
  })

  it('keeps numbers for half a year, so that those of an engine version long gone do not stay', async () => {
    const { store, put } = namespace()
    await store.put(await outcomeOf(spec))
    expect(put.mock.calls[0]![2].expirationTtl).toBe(180 * 24 * 3600)
  })

  it('is not believed where it gives another experiment’s numbers whole, with their own proof', async () => {
    const { store, entries } = namespace()
    const [own, other] = [await outcomeOf(spec), await outcomeOf({ ...spec, seed: 2 }, 0.25)]
    await store.put(other)
    entries.set(own.digest, entries.get(other.digest)!)
    expect(await store.get(own.digest, spec)).toBeUndefined()
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      `cache: ${own.digest} not read: Error: the value belongs to another experiment`,
    )
  })

  it('is not believed where it gives fewer numbers, though their proof is right', async () => {
    const { store } = namespace()
    const { digest: id } = await outcomeOf(spec)
    await store.put({ ...(await outcomeOf({ ...spec, epochs: 1 })), digest: id })
    expect(await store.get(id, spec)).toBeUndefined()
    expect(warn).toHaveBeenCalledExactlyOnceWith(`cache: ${id} not read: Error: the value has 24 bytes`)
  })

  it('is not believed where a number was changed', async () => {
    const { store, entries } = namespace()
    const outcome = await outcomeOf(spec)
    await store.put(outcome)
    new Float32Array(entries.get(outcome.digest)!.value)[3] = 0.75
    expect(await store.get(outcome.digest, spec)).toBeUndefined()
    expect(warn).toHaveBeenCalledExactlyOnceWith(
      `cache: ${outcome.digest} not read: Error: the fingerprint does not match`,
    )
  })

  it('that cannot be written fails nothing, and says so', async () => {
    const { store, put } = namespace()
    const outcome = await outcomeOf(spec)
    put.mockRejectedValueOnce(new Error('429'))
    await expect(store.put(outcome)).resolves.toBeUndefined()
    expect(warn).toHaveBeenCalledExactlyOnceWith(`cache: ${outcome.digest} not kept: Error: 429`)
  })

  it('that does not answer is given up after a second, and left alone for ten', async () => {
    vi.useFakeTimers()
    const { store, getWithMetadata } = namespace()
    const asked = async () => (await store.get('d', spec), getWithMetadata.mock.calls.length)
    getWithMetadata.mockImplementationOnce(() => new Promise(() => {}))
    let isOver = false
    const first = asked().then((calls) => ((isOver = true), calls))
    await vi.advanceTimersByTimeAsync(999)
    expect(isOver).toBe(false)
    await vi.advanceTimersByTimeAsync(1)
    expect(await first).toBe(1)
    expect(warn).toHaveBeenCalledExactlyOnceWith('cache: d not read: Error: no answer in 1000 ms')
    await vi.advanceTimersByTimeAsync(9999)
    expect(await asked()).toBe(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(await asked()).toBe(2)
    // One that answers leaves no timer behind, which would keep it from being asked.
    await vi.advanceTimersByTimeAsync(2000)
    expect([await asked(), vi.getTimerCount()]).toEqual([3, 0])
  })

  it('that failed is asked again at once where the clock was set back since', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { store, getWithMetadata } = namespace()
    const { digest: id } = await outcomeOf(spec)
    getWithMetadata.mockRejectedValueOnce(new Error('gone'))
    await store.get(id, spec)
    await store.get(id, spec)
    expect(getWithMetadata).toHaveBeenCalledTimes(1)
    vi.setSystemTime(Date.now() - 3_600_000)
    await store.get(id, spec)
    expect(getWithMetadata).toHaveBeenCalledTimes(2)
  })
})

describe('a store that is slow', () => {
  it('rests when slow reads in a row have taken two seconds, and one quick read makes that good', async () => {
    vi.useFakeTimers()
    const { store, getWithMetadata } = namespace()
    const { digest: name } = await outcomeOf(spec)
    let delay = 900
    getWithMetadata.mockImplementation(async () => {
      await new Promise((resolve) => setTimeout(resolve, delay))
      return { value: null, metadata: null }
    })
    const read = async () => {
      const before = getWithMetadata.mock.calls.length
      const reading = store.get(name, spec)
      await vi.advanceTimersByTimeAsync(delay)
      await reading
      return getWithMetadata.mock.calls.length > before
    }
    expect([await read(), await read()]).toEqual([true, true])
    delay = 10
    expect(await read()).toBe(true)
    delay = 900
    expect([await read(), await read(), await read(), await read()]).toEqual([true, true, true, false])
    vi.advanceTimersByTime(10_000)
    expect(await read()).toBe(true)
  })

  it('is read ahead: what has begun is not read again, and given once', async () => {
    const { store, getWithMetadata } = namespace()
    const outcome = await outcomeOf(spec)
    await store.put(outcome)
    store.readAhead(outcome.digest, spec)
    store.readAhead(outcome.digest, spec)
    expect(await store.get(outcome.digest, spec)).toEqual(outcome)
    expect(getWithMetadata).toHaveBeenCalledTimes(1)
    expect(await store.get(outcome.digest, spec)).toEqual(outcome)
    expect(getWithMetadata).toHaveBeenCalledTimes(2)
  })
})

describe('a store whose writes hang', () => {
  const large = completeSpec({ seeds: 200, epochs: 500 })

  it('is given no more than the limit, and more again when they have taken too long', async () => {
    vi.useFakeTimers()
    const { store, put } = namespace()
    put.mockImplementation(() => new Promise(() => {}))
    const outcome = await outcomeOf(large)
    const fitting = Math.floor(storeLimits.pendingBytes / outcome.numbers.byteLength)
    const writes = Array.from({ length: 20 }, () => store.put(outcome))
    expect(put).toHaveBeenCalledTimes(fitting)
    await vi.advanceTimersByTimeAsync(storeLimits.longestWrite)
    await Promise.all(writes)
    const warned = warn.mock.calls.map(([text]) => String(text))
    const late = `not kept: Error: not written in ${storeLimits.longestWrite} ms`
    expect(warned.filter((text) => text.endsWith(late))).toHaveLength(fitting)
    expect(warned.filter((text) => text.endsWith('not kept: too much waits to be written'))).toHaveLength(20 - fitting)
    void store.put(outcome)
    expect(put).toHaveBeenCalledTimes(fitting + 1)
  })

  it('is given more again when those who wrote are gone with their timers', async () => {
    vi.useFakeTimers()
    const { store, put } = namespace()
    put.mockImplementation(() => new Promise(() => {}))
    const outcome = await outcomeOf(large)
    const timer = vi.spyOn(globalThis, 'setTimeout').mockReturnValue(0 as never)
    for (let write = 0; write < 20; write++) void store.put(outcome)
    timer.mockRestore()
    const before = put.mock.calls.length
    vi.setSystemTime(Date.now() + storeLimits.longestWrite + 1)
    void store.put(outcome)
    expect(put).toHaveBeenCalledTimes(before + 1)
  })
})
