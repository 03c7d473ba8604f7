/** The query of the page's address: what one part of the page writes leaves the rest as it is. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

import { addressQuery, replaceAddressQuery } from '../../../../site/src/client/address.ts'

const replaced: unknown[][] = []

beforeEach(() => {
  replaced.length = 0
  vi.stubGlobal('location', { pathname: '/', search: '?noise=loss,updates&batchSize=4', hash: '#part' })
  vi.stubGlobal('history', { state: { scroll: 7 }, replaceState: (...given: unknown[]) => replaced.push(given) })
})
afterEach(() => void vi.unstubAllGlobals())

it('keeps the path, the place in the page, and the commas of lists', () => {
  const query = addressQuery()
  query.set('batchSize', '8')
  replaceAddressQuery(query)
  expect(replaced).toEqual([[{ scroll: 7 }, '', '/?noise=loss,updates&batchSize=8#part']])
})

it('is gone where nothing is to be said', () => {
  replaceAddressQuery(new URLSearchParams())
  expect(replaced).toEqual([[{ scroll: 7 }, '', '/#part']])
})
