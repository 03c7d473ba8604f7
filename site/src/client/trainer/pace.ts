/**
 * Sizes pieces of work: finds by the clock how many training steps take about a millisecond, as machines and networks
 * differ.
 */
import { runWork } from '#experiment/spec/cost.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { updates } from '#experiment/spec/training-size.ts'

/** The milliseconds that a piece should take. */
const [shortest, longest] = [0.5, 2]
/** The operations of the first piece: less than a millisecond even where the machine is slow. */
const firstWork = 2e6
/** The most steps of a piece: runs that diverge at once take no time, and the kernel counts in 32 bits. */
const mostSteps = 2 ** 20

export class SlicePace {
  #steps: number

  constructor(spec: ExperimentSpec) {
    this.#steps = Math.max(1, Math.floor((firstWork / runWork(spec)) * updates(spec)))
  }

  /** Takes a piece of work, and returns what `advance` does. */
  take(advance: (steps: number) => boolean): boolean {
    const start = performance.now()
    const isOver = advance(this.#steps)
    const took = performance.now() - start
    if (took < shortest) this.#steps = Math.min(mostSteps, this.#steps * 2)
    else if (took > longest) this.#steps = Math.max(1, Math.floor(this.#steps / 2))
    return isOver
  }
}
