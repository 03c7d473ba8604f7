/**
 * Plays a run: the epoch moves on by itself, at a steady speed, to the run's end. It begins only where the reader says so.
 */

interface Playback {
  /** The epoch that is shown, where it begins. */
  from: number
  /** The last epoch of the run. */
  epochs: number
  /** In epochs a second. */
  speed: number
  /** Shows an epoch; called at most once a frame. */
  goTo: (epoch: number) => void
  /** The end is shown. */
  onEnd: () => void
}

/** The epoch from which a run is played: the one that is shown, at the end the first. */
export function playedFrom(epoch: number, epochs: number): number {
  return epoch >= epochs ? 1 : Math.max(1, epoch)
}

/** Plays from an epoch on; returns what stops it. */
export function play({ from, epochs, speed, goTo, onEnd }: Playback): () => void {
  const start = performance.now()
  let shown: number | undefined
  let frame = requestAnimationFrame(move)
  function move(now: number): void {
    const epoch = Math.min(epochs, from + Math.max(0, Math.floor(((now - start) / 1000) * speed)))
    if (epoch !== shown) goTo(epoch)
    shown = epoch
    if (epoch >= epochs) onEnd()
    else frame = requestAnimationFrame(move)
  }
  return () => cancelAnimationFrame(frame)
}
