/**
 * Whether the numbers are those that a shared link promised.
 */
import { promiseKept } from '#playground-view/link-promise.ts'

import type { Live } from './laboratory.ts'
import type { Scene } from './session.ts'

/** In words, once the experiment is over; nothing where the link promised nothing. */
export function promiseInWords({ promised, spec }: Scene, live: Live): string | undefined {
  if (!promised || !live.isOver || live.spec !== spec) return undefined
  return promiseKept(live.result, promised)
}
