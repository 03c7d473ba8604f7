import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { assemblyLimits, largeInWords } from '#experiment/spec/limits.ts'
import { completeSpec } from '#experiment/spec/spec.ts'

import {
  AssemblyMemory,
  AssemblyError,
  isLarge,
  sizeOfOne,
  sizeOfSeveral,
  type Lease,
} from '../../../worker/http/assembly-memory.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const { bytes, longestWait, longestPause, longestSending, longestSilence, shortPause } = assemblyLimits
const half = { bytes: bytes / 2 }

/** Asks for a place, and says whether it is there. */
function ask(assemblies: AssemblyMemory, size: { bytes: number }, signal?: AbortSignal) {
  const asked: { lease?: Lease; error?: unknown } = {}
  void assemblies.take(size, signal).then(
    (lease) => (asked.lease = lease),
    (error: unknown) => (asked.error = error),
  )
  return asked
}
const wait = (milliseconds = 120) => vi.advanceTimersByTimeAsync(milliseconds)

describe('large answers', () => {
  it('hold no more bytes together than the limit; the others wait in line, and are refused in the end', async () => {
    const assemblies = new AssemblyMemory()
    const asked = Array.from({ length: 5 }, () => ask(assemblies, half))
    await wait()
    expect(asked.map(({ lease }) => lease !== undefined)).toEqual([true, true, false, false, false])
    expect(assemblies.bytes).toBe(bytes)
    asked[0]!.lease!.release()
    await wait()
    expect(asked.map(({ lease }) => lease !== undefined)).toEqual([true, true, true, false, false])
    await wait(longestWait)
    expect(asked.map(({ error }) => error instanceof AssemblyError)).toEqual([false, false, false, true, true])
  })

  it('that are larger than everything may be are sent one at a time', async () => {
    const assemblies = new AssemblyMemory()
    const [first, second] = [ask(assemblies, { bytes: 10 * bytes }), ask(assemblies, { bytes: 10 * bytes })]
    await wait()
    expect([first.lease, second.lease].map(Boolean)).toEqual([true, false])
    first.lease!.release()
    await wait()
    expect(second.lease).toBeDefined()
  })

  it('that are small pass nobody who came before', async () => {
    const assemblies = new AssemblyMemory()
    const first = ask(assemblies, half)
    await wait()
    const [second, third] = [ask(assemblies, { bytes }), ask(assemblies, half)]
    await wait()
    expect([second.lease, third.lease]).toEqual([undefined, undefined])
    first.lease!.release()
    await wait()
    expect([second.lease, third.lease].map(Boolean)).toEqual([true, false])
  })

  it('give their place back when they are sent, and when their client is gone', async () => {
    const assemblies = new AssemblyMemory()
    const leaving = new AbortController()
    const [sent, left] = [ask(assemblies, half), ask(assemblies, half, leaving.signal)]
    await wait()
    expect([...sent.lease!.over([1, 2, 3].values())]).toEqual([1, 2, 3])
    expect(assemblies.bytes).toBe(bytes / 2)
    leaving.abort()
    expect([left.error, assemblies.bytes]).toEqual([undefined, 0])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('keep their place while they are made, however long that takes', async () => {
    const assemblies = new AssemblyMemory()
    ask(assemblies, { bytes })
    await wait(2 * longestSending)
    const other = ask(assemblies, half)
    await wait(longestWait + 100)
    expect(other.error).toBeInstanceOf(AssemblyError)
  })

  it('are lost with a request that has ended without a word while it made one', async () => {
    const assemblies = new AssemblyMemory()
    const beat = vi.spyOn(globalThis, 'setInterval').mockReturnValueOnce(0 as never)
    ask(assemblies, { bytes })
    await wait()
    beat.mockRestore()
    await wait(longestSilence - longestWait + 1000)
    const other = ask(assemblies, half)
    await wait(longestWait - 100)
    expect(other.lease).toBeDefined()
  })

  it('lose it to one who waits where the client takes nothing, and end there at once', async () => {
    const assemblies = new AssemblyMemory()
    const slow = ask(assemblies, { bytes })
    await wait()
    const { lost } = slow.lease!
    const pieces = slow.lease!.over([1, 2, 3].values())
    pieces.next()
    await wait(2 * longestPause)
    // Nobody waits: it goes on.
    expect([pieces.next().value, lost.aborted]).toEqual([2, false])
    const other = ask(assemblies, half)
    await wait(1100)
    expect([other.lease !== undefined, lost.aborted]).toEqual([true, true])
    expect(() => pieces.next()).toThrow('the client took too long')
    other.lease!.release()
    expect(vi.getTimerCount()).toBe(0)
  })

  it('lose it in time for those who wait in line, however many clients take nothing', async () => {
    const assemblies = new AssemblyMemory()
    const slow = Array.from({ length: 10 }, () => ask(assemblies, { bytes: bytes / 10 }))
    await wait()
    for (const { lease } of slow) lease!.over([1, 2, 3].values()).next()
    const others = Array.from({ length: 10 }, () => ask(assemblies, { bytes: bytes / 10 }))
    await wait(longestPause + shortPause + 100)
    expect(others.every(({ lease }) => lease)).toBe(true)
    expect(longestPause + shortPause).toBeLessThan(longestWait / 2)
  })

  it('lose it to one who waits where the client takes a little again and again', async () => {
    const assemblies = new AssemblyMemory()
    const slow = ask(assemblies, { bytes })
    await wait()
    const pieces = slow.lease!.over(Array.from({ length: 1000 }, (_, index) => index).values())
    const other = ask(assemblies, half)
    let time = 0
    for (; !slow.lease!.lost.aborted; time += 1000) {
      pieces.next()
      await wait(1000)
    }
    expect(other.lease).toBeDefined()
    expect(time).toBeLessThanOrEqual(longestPause / (1 - shortPause / 1000) + 2000)
  })

  it('keep it where the client takes them as they come; only in the end it is another’s turn', async () => {
    const assemblies = new AssemblyMemory()
    const busy = ask(assemblies, { bytes })
    await wait()
    const pieces = busy.lease!.over(Array.from({ length: 1000 }, (_, index) => index).values())
    let other = ask(assemblies, half)
    let time = 0
    for (; assemblies.bytes === bytes && time < 2 * longestSending; time += shortPause) {
      pieces.next()
      await wait(shortPause)
      if (other.error) other = ask(assemblies, half)
    }
    expect(time).toBeGreaterThanOrEqual(longestSending)
    expect(time).toBeLessThanOrEqual(longestSending + 2000)
  })

  it('wait for nobody who has left the line without a word', async () => {
    const assemblies = new AssemblyMemory()
    const first = ask(assemblies, { bytes })
    await wait()
    const timer = vi.spyOn(globalThis, 'setTimeout').mockReturnValueOnce(0 as never)
    ask(assemblies, { bytes })
    timer.mockRestore()
    const third = ask(assemblies, half)
    first.lease!.release()
    await wait(1200)
    expect(third.lease).toBeDefined()
  })
})

describe('an answer is large', () => {
  it('where its numbers or its curves are, and no other is: none of the tutorial’s', () => {
    const large = completeSpec({ seeds: 200, epochs: 500 })
    const usual = completeSpec({ seeds: 100, epochs: 200 })
    expect(isLarge(sizeOfOne([large]))).toBe(true)
    expect(isLarge(sizeOfOne([usual], { hasCurves: false }))).toBe(false)
    expect(isLarge(sizeOfSeveral([usual, usual], {}))).toBe(false)
    expect(isLarge(sizeOfSeveral(Array<typeof large>(16).fill(large), { hasCurves: true, histories: 2 }))).toBe(true)
    expect(sizeOfSeveral([large, large], {})).toEqual({ bytes: 2_400_000, values: 1_200_000 })
  })

  it('and the limits are published in words that they give', () => {
    for (const number of [bytes / 2 ** 20, longestWait / 1000])
      expect(largeInWords).toMatch(new RegExp(`\\b${number}\\b`))
  })
})
