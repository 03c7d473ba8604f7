/** Goes to a moment of an experiment's first run, in pieces of about a millisecond. */
import type { ExperimentSpec } from '#experiment/spec/spec.ts'
import type { FusedNetwork } from '#training/fused/network.ts'
import type { Moment } from '#training/moment.ts'

import { SlicePace } from './pace.ts'
import type { Recordings } from './recordings.ts'

/** Trains the first run as far as a moment of it, and goes there. Returns null if the run diverged before it. */
export function visit<T>(
  spec: ExperimentSpec,
  moment: Moment,
  recordings: Recordings,
  use: (network: FusedNetwork) => T,
): Generator<void, T | null> {
  return recordings.lend(spec, function* (recording) {
    const pace = new SlicePace(spec)
    while (!recording.hasPassed(moment)) {
      pace.take((steps) => recording.advance(steps))
      yield
    }
    return recording.visit(moment, use)
  })
}
