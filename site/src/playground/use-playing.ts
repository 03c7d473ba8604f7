/**
 * Playing a run: the epoch moves on by itself, as fast as the reader chose, to the end. It begins only where the reader
 * says so.
 */
import { useEffect, useRef, useState } from 'preact/hooks'

import { speeds, type Speed, type TransportActions } from '#instrument/transport.tsx'

interface Playable {
  epoch: number
  epochs: number
  goTo: (epoch: number) => void
}

interface Playing {
  state: { isPlaying: boolean; speed: Speed }
  actions: TransportActions
}

export function usePlaying({ epoch, epochs, goTo }: Playable): Playing {
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>(speeds[1])
  const standsRef = useRef(epoch)
  standsRef.current = epoch
  useEffect(() => {
    if (!isPlaying) return undefined
    let frame = 0
    const start = performance.now()
    const from = standsRef.current
    const move = (now: number) => {
      const next = Math.min(epochs, from + Math.floor(((now - start) / 1000) * speed))
      if (next !== standsRef.current) goTo(next)
      if (next >= epochs) setPlaying(false)
      else frame = requestAnimationFrame(move)
    }
    frame = requestAnimationFrame(move)
    return () => cancelAnimationFrame(frame)
  }, [isPlaying, speed, epochs])
  return {
    state: { isPlaying, speed },
    actions: {
      goTo: (next) => {
        setPlaying(false)
        goTo(next)
      },
      play: (starts) => {
        // At the end it begins anew.
        if (starts && epoch >= epochs) goTo(1)
        standsRef.current = epoch >= epochs ? 1 : epoch
        setPlaying(starts)
      },
      setSpeed,
    },
  }
}
