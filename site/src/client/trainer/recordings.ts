/**
 * A cache of recordings in a worker: first runs whose state at any moment can be restored, of the experiments that were
 * asked about last.
 */
import { splitOf } from '#datasets/split.ts'
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import { Recording } from '#training/fused/recording.ts'

interface Kept {
  recording: Recording
  /** How many use it now. */
  users: number
}

/** Recordings that are kept while nobody uses them: as many as a figure goes through at once, and one beside. */
const mostKept = 4

export class Recordings {
  /** By spec; the last used one comes last. */
  readonly #kept = new Map<string, Kept>();

  /** Lends the recording of an experiment's first run while `use` goes on. */
  *lend<T>(spec: ExperimentSpec, use: (recording: Recording) => Generator<void, T>): Generator<void, T> {
    const key = JSON.stringify({ ...spec, seeds: 1 })
    const kept = this.#kept.get(key) ?? { recording: new Recording(spec, splitOf(spec)), users: 0 }
    this.#kept.delete(key)
    this.#kept.set(key, kept)
    kept.users++
    try {
      return yield* use(kept.recording)
    } finally {
      kept.users--
      this.#tidy()
    }
  }

  #tidy(): void {
    const unused = [...this.#kept].filter(([, { users }]) => users === 0)
    for (const [key, { recording }] of unused.slice(0, Math.max(0, unused.length - mostKept))) {
      recording.dispose()
      this.#kept.delete(key)
    }
  }
}
