/** Playing a run: from where it begins, where it ends, and what ends it before. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

import type { RunPosition } from '#playground-view/run-position.ts'

import { usePlaying } from '../../../../../site/src/client/playground/use-playing.ts'
import { renderHook } from '../../../../support/hooks.ts'

const epochs = 200

/** The frames of a page, which pass when the test says so. */
function framesOfPage() {
  let asked: FrameRequestCallback[] = []
  let now = 0
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => asked.push(callback))
  vi.stubGlobal('cancelAnimationFrame', (frame: number) => void (asked[frame - 1] = () => undefined))
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return async (milliseconds: number) => {
    for (const end = now + milliseconds; now < end;) {
      now += 10
      const due = asked
      asked = []
      for (const callback of due) callback(now)
      // What a frame has set is rendered before the next.
      await new Promise((resolve) => setTimeout(resolve))
    }
  }
}

/** A cursor that is moved by playing, at 20 epochs a second. */
function cursorAt(epoch: number) {
  const visited: number[] = []
  const hook = renderHook(usePlaying)
  const goTo = (place: RunPosition) => {
    visited.push(place.epoch)
    draw(place)
  }
  const draw = (place: RunPosition) => hook.render({ place, epochs, axis: 'epochs', goTo })
  draw({ epoch, step: 0 })
  return { ...hook, visited, at: () => visited.at(-1) ?? epoch }
}

describe('playing a run', () => {
  let pass: (milliseconds: number) => Promise<void>
  beforeEach(() => {
    pass = framesOfPage()
  })
  afterEach(() => {
    vi.restoreAllMocks()
    vi.unstubAllGlobals()
  })

  it('starts over at the end', async () => {
    const { value, change, at, visited, end } = cursorAt(epochs)
    change(() => value().actions.play(true))
    await pass(500)
    expect(value().state.isPlaying).toBe(true)
    expect(visited[0]).toBeLessThan(5)
    expect(at()).toBeGreaterThan(5)
    expect(at()).toBeLessThan(15)
    end()
  })

  it('goes on from where the cursor is, and stops at the end', async () => {
    const { value, change, at, visited, end } = cursorAt(180)
    change(() => value().actions.play(true))
    await pass(100)
    expect(visited[0]).toBeGreaterThanOrEqual(180)
    await pass(2000)
    expect(at()).toBe(epochs)
    expect(value().state.isPlaying).toBe(false)
    end()
  })

  it('ends where the reader goes elsewhere', async () => {
    const { value, change, at, end } = cursorAt(10)
    change(() => value().actions.play(true))
    await pass(200)
    change(() => value().actions.goTo({ epoch: 100, step: 0 }))
    await pass(500)
    expect(at()).toBe(100)
    expect(value().state.isPlaying).toBe(false)
    end()
  })
})
