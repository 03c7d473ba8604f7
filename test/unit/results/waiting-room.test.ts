import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { BusyError, WaitingRoom } from '#results/waiting-room.ts'

const full = () => false
const room = () => true
const short = (since = Date.now()) => ({ work: 1, isLong: false, since })
const long = (since = Date.now()) => ({ work: 1e11, isLong: true, since })

describe('who waits for room', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('begins at once where there is room and nobody waits', () => {
    const waiting = new WaitingRoom({ most: 2, longest: 1000 })
    expect(waiting.isNext('a', short(), room)).toBe(true)
    expect(waiting.count).toBe(0)
  })

  it('goes before a longer one that came first', () => {
    const waiting = new WaitingRoom({ most: 2, longest: 10_000 })
    waiting.isNext('long', { ...short(), work: 5 }, full)
    waiting.isNext('short', short(), full)
    expect(waiting.isNext('long', { ...short(), work: 5 }, room)).toBe(false)
    expect(waiting.isNext('short', short(), room)).toBe(true)
    expect(waiting.isNext('long', { ...short(), work: 5 }, room)).toBe(true)
  })

  it('goes before shorter ones that came later, after it has waited for two seconds', () => {
    const waiting = new WaitingRoom({ most: 2, longest: 10_000 })
    const since = Date.now()
    for (let ms = 0; ms <= 2100; ms += 100) {
      waiting.isNext('long', { ...short(since), work: 5 }, full)
      vi.advanceTimersByTime(100)
    }
    waiting.isNext('short', short(), full)
    expect(waiting.isNext('short', short(), room)).toBe(false)
    expect(waiting.isNext('long', { ...short(since), work: 5 }, room)).toBe(true)
  })

  it('is not held up by one that may not begin yet', () => {
    const waiting = new WaitingRoom({ most: 2, longest: 10_000 })
    const onlyShort = (isLong: boolean) => !isLong
    const since = Date.now()
    for (let ms = 0; ms <= 3000; ms += 100) {
      expect(waiting.isNext('long', long(since), onlyShort)).toBe(false)
      vi.advanceTimersByTime(100)
    }
    expect(waiting.isNext('short', short(), onlyShort)).toBe(true)
  })

  it('waits together with those who ask for the same', () => {
    const waiting = new WaitingRoom({ most: 1, longest: 1000 })
    waiting.isNext('a', short(), full)
    expect(waiting.isNext('a', short(), full)).toBe(false)
    expect(waiting.count).toBe(1)
  })

  it('is refused where the room is full', () => {
    const waiting = new WaitingRoom({ most: 1, longest: 1000 })
    waiting.isNext('a', short(), full)
    expect(() => waiting.isNext('b', short(), full)).toThrow(BusyError)
  })

  it('is refused after the longest time', () => {
    const waiting = new WaitingRoom({ most: 1, longest: 1000 })
    const since = Date.now()
    waiting.isNext('a', short(since), full)
    vi.advanceTimersByTime(1001)
    expect(() => waiting.isNext('a', short(since), full)).toThrow(BusyError)
    expect(waiting.count).toBe(0)
  })

  it('is forgotten when it does not look in any more, or says that it leaves', () => {
    const waiting = new WaitingRoom({ most: 2, longest: 10_000 })
    waiting.isNext('silent', short(), full)
    waiting.isNext('leaving', short(), full)
    waiting.leave('leaving')
    vi.advanceTimersByTime(501)
    expect(waiting.isNext('other', { ...short(), work: 9 }, room)).toBe(true)
  })
})
