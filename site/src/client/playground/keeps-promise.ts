/**
 * Whether the numbers are those that a shared link promised.
 */
import { promiseKept } from '#playground-view/link-promise.ts'

import type { Live } from '../live-experiment.ts'
import type { Scene } from './state.ts'

/** In words, once the experiment is over; nothing where the link promised nothing. */
export function promiseInWords({ promised, spec }: Scene, live: Live): string | undefined {
  if (!promised || !live.isOver || live.spec !== spec) return undefined
  return promiseKept(live.result, promised)
}
