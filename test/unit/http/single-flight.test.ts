import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { SingleFlight } from '../../../worker/http/single-flight.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Many who ask for one value, each with a way to make it. */
function crowd() {
  const flight = new SingleFlight()
  const found = new Map<string, string>()
  return {
    found,
    ask: (make: () => Promise<string>, signal?: AbortSignal) =>
      flight.get(
        'key',
        () => found.get('key'),
        async () => {
          const made = await make()
          found.set('key', made)
          return made
        },
        signal,
      ),
  }
}
const later = (value: string, milliseconds: number) => () =>
  new Promise<string>((resolve) => setTimeout(() => resolve(value), milliseconds))
const never = () => new Promise<string>(() => {})

describe('those who need the same value', () => {
  it('have it made once, however long that takes', async () => {
    const { ask } = crowd()
    const make = vi.fn<() => Promise<string>>(later('made', 10_000))
    const all = Array.from({ length: 50 }, () => ask(make))
    await vi.advanceTimersByTimeAsync(10_100)
    expect(await Promise.all(all)).toEqual(all.map(() => 'made'))
    expect(make).toHaveBeenCalledTimes(1)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('do not wait for one whose client has gone: another takes over at once', async () => {
    const { ask } = crowd()
    const leaving = new AbortController()
    void ask(never, leaving.signal)
    const makes = [1, 2, 3].map((number) => vi.fn<() => Promise<string>>(later(`by ${number}`, 10)))
    const followers = makes.map((make) => ask(make))
    await vi.advanceTimersByTimeAsync(100)
    leaving.abort()
    await vi.advanceTimersByTimeAsync(100)
    expect(await Promise.all(followers)).toEqual(['by 1', 'by 1', 'by 1'])
    expect(makes.map(({ mock }) => mock.calls.length)).toEqual([1, 0, 0])
  })

  it('do not wait for one that has fallen silent with its request, of which nobody says a word', async () => {
    const { ask } = crowd()
    // The timers of a request that the platform has ended do not run any more.
    const beat = vi.spyOn(globalThis, 'setInterval').mockReturnValueOnce(0 as never)
    void ask(never)
    beat.mockRestore()
    const followers = [1, 2, 3].map((number) => ask(later(`by ${number}`, 10)))
    await vi.advanceTimersByTimeAsync(2200)
    expect(await Promise.all(followers)).toEqual(['by 1', 'by 1', 'by 1'])
  })

  it('try themselves where it fails', async () => {
    const { ask } = crowd()
    const first = ask(() => Promise.reject(new Error('no')))
    const second = ask(later('made', 10))
    await expect(first).rejects.toThrow('no')
    await vi.advanceTimersByTimeAsync(100)
    expect(await second).toBe('made')
  })
})
