/** What a figure says of where its numbers came from, behind a cache that repeats what the Worker once said. */
import { expect, it } from 'vitest'

import { isComputedNow } from '../../../../site/src/client/request.ts'

it.each([
  ['minibatch; fwd=miss', null, true],
  ['minibatch; fwd=miss', 'MISS', true],
  ['minibatch; fwd=miss', 'EXPIRED', true],
  ['minibatch; fwd=miss', 'HIT', false],
  ['minibatch; fwd=miss', 'STALE', false],
  ['minibatch; fwd=miss', 'UPDATING', false],
  ['minibatch; fwd=miss', 'REVALIDATED', false],
  ['minibatch; hit; detail=store', null, false],
  [null, 'MISS', false],
] as const)('Cache-Status %s behind an edge that says %s: computed now is %s', (status, edge, isNow) => {
  const headers = new Headers()
  if (status !== null) headers.set('Cache-Status', status)
  if (edge !== null) headers.set('CF-Cache-Status', edge)
  expect(isComputedNow(headers)).toBe(isNow)
})
