/** Playing a run, whatever shows it: its speed, its end, and how it is stopped. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import { play, playedFrom } from '../../../../site/src/client/playback.ts'

describe('playing a run', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    const frame = 1000 / 60
    vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) =>
      setTimeout(() => draw(performance.now()), frame),
    )
    vi.stubGlobal('cancelAnimationFrame', (asked: NodeJS.Timeout) => clearTimeout(asked))
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  /** Plays 100 epochs at 20 a second, and notes what is shown. */
  function playing(from: number) {
    const shown: number[] = []
    const onEnd = vi.fn<() => void>()
    const stop = play({ from, epochs: 100, speed: 20, goTo: (epoch) => void shown.push(epoch), onEnd })
    return { shown, onEnd, stop }
  }

  it('shows each epoch once, at its speed', () => {
    const { shown, onEnd } = playing(10)
    vi.advanceTimersByTime(1000)
    expect(shown.length).toBeGreaterThan(15)
    expect(shown).toEqual(shown.map((_, index) => 10 + index))
    expect(shown.at(-1)).toBeLessThanOrEqual(30)
    expect(onEnd).not.toHaveBeenCalled()
  })

  it('ends with the last epoch', () => {
    const { shown, onEnd } = playing(98)
    vi.advanceTimersByTime(1000)
    expect(shown).toEqual([98, 99, 100])
    expect(onEnd).toHaveBeenCalledTimes(1)
  })

  it('shows nothing more once it is stopped', () => {
    const { shown, stop, onEnd } = playing(1)
    vi.advanceTimersByTime(200)
    const count = shown.length
    stop()
    vi.advanceTimersByTime(10_000)
    expect(shown).toHaveLength(count)
    expect(onEnd).not.toHaveBeenCalled()
  })

  it('begins where the cursor is, at the end with the first epoch', () => {
    expect([0, 1, 57, 99, 100].map((epoch) => playedFrom(epoch, 100))).toEqual([1, 1, 57, 99, 1])
  })
})
