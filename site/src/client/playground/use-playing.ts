/**
 * The state of the playground's playback controls: whether the run is played, how fast, and whether the step buttons go by
 * epochs or by updates.
 */
import { useEffect, useState } from 'preact/hooks'

import type { View } from '#charts/view.ts'
import { speeds, type Speed, type PlaybackActions } from '#playground-view/playback-controls.tsx'
import { unitOf, type RunPosition, type Unit } from '#playground-view/run-position.ts'

import { play, playedFrom } from '../playback.ts'

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
    return play({
      from,
      epochs,
      speed,
      goTo: (next) => goTo({ epoch: next, step: 0 }),
      onEnd: () => setFrom(undefined),
    })
  }, [from, speed, epochs, goTo])
  const isPlaying = from !== undefined
  return {
    state: { isPlaying, speed, unit: chosen?.axis === axis ? chosen.unit : unitOf(axis) },
    actions: {
      goTo: (next) => {
        setFrom(undefined)
        goTo(next)
      },
      play: (begins) => setFrom(begins ? playedFrom(epoch, epochs) : undefined),
      setSpeed: (next) => {
        setSpeed(next)
        if (isPlaying) setFrom(epoch)
      },
      setUnit: (unit) => setChosen({ axis, unit }),
    },
  }
}
