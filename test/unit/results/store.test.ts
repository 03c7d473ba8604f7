/** What the lasting cache is believed, and what an operator reads of it. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { digest } from '#experiment/digest.ts'
import { emptyNumbers, fingerprint, type Outcome } from '#experiment/numbers.ts'
import { completeSpec, type ExperimentSpec } from '#experiment/spec.ts'
import { Store } from '#results/store.ts'

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
  return { entries, getWithMetadata, put, store: new Store({ getWithMetadata, put } as unknown as KVNamespace) }
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
})
