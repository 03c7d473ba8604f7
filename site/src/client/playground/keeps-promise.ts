/**
 * Whether the numbers are those that a shared link promised.
 */
import { keepsPromise } from '#playground-view/link-promise.ts'

import type { LiveState } from '../live-experiment.ts'
import type { State } from './state.ts'

/** In words, once the experiment is over; nothing where the link promised nothing. */
export function promiseInWords({ promised, spec }: State, live: LiveState): string | undefined {
  if (!promised || !live.isOver || live.spec !== spec) return undefined
  return keepsPromise(live.result, promised)
}
