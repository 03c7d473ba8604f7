/**
 * Playing a run: the epoch moves on by itself, as fast as the reader chose, to the end. It begins only where the reader
 * says so.
 */
import { useEffect, useState } from 'preact/hooks'

import type { View } from '#charts/view.ts'
import { speeds, type Speed, type PlaybackActions } from '#playground-view/playback-controls.tsx'
import { unitOf, type RunPosition, type Unit } from '#playground-view/run-position.ts'

interface Playable {
  place: RunPosition
  epochs: number
  axis: View['axis']
  /** The same function each time. */
  goTo: (place: RunPosition) => void
}

interface Playing {
  state: { isPlaying: boolean; speed: Speed; unit: Unit }
  actions: PlaybackActions
}

export function usePlaying({ place: { epoch }, epochs, axis, goTo }: Playable): Playing {
  /** From which epoch on it plays; undefined while it does not. */
  const [from, setFrom] = useState<number>()
  const [speed, setSpeed] = useState<Speed>(speeds[1])
  /** What a step goes by, chosen for an axis; another axis begins with its own. */
  const [chosen, setChosen] = useState<{ axis: View['axis']; unit: Unit }>()
  useEffect(() => {
    if (from === undefined) return undefined
    const start = performance.now()
    let frame = requestAnimationFrame(move)
    function move(now: number) {
      const next = Math.min(epochs, from! + Math.max(0, Math.floor(((now - start) / 1000) * speed)))
      goTo({ epoch: next, step: 0 })
      if (next >= epochs) setFrom(undefined)
      else frame = requestAnimationFrame(move)
    }
    return () => cancelAnimationFrame(frame)
  }, [from, speed, epochs, goTo])
  const isPlaying = from !== undefined
  return {
    state: { isPlaying, speed, unit: chosen?.axis === axis ? chosen.unit : unitOf(axis) },
    actions: {
      goTo: (next) => {
        setFrom(undefined)
        goTo(next)
      },
      // At the end it begins anew.
      play: (begins) => setFrom(begins ? (epoch >= epochs ? 1 : Math.max(1, epoch)) : undefined),
      setSpeed: (next) => {
        setSpeed(next)
        if (isPlaying) setFrom(epoch)
      },
      setUnit: (unit) => setChosen({ axis, unit }),
    },
  }
}
