import { expect, it, vi } from 'vitest'

import { memoizeQuery } from '../../../worker/http/query-cache.ts'

const url = (query: string) => `http://minibatch.test/api/dataset?${query}`

/** What counts how often a query is read. */
function counted() {
  const read = vi.fn<(query: URLSearchParams) => Promise<{ size: number }>>(async (query) => {
    if (query.has('wrong')) throw new RangeError('wrong')
    return { size: Number(query.get('size')) }
  })
  return { read, questionOf: memoizeQuery(read) }
}

it('reads a query once, and another one by itself', async () => {
  const { read, questionOf } = counted()
  for (const size of [4, 8, 4, 8]) expect(await questionOf(url(`size=${size}`))).toEqual({ size })
  expect(read).toHaveBeenCalledTimes(2)
})

it('refuses what is wrong each time', async () => {
  const { read, questionOf } = counted()
  for (let time = 0; time < 2; time++) await expect(questionOf(url('wrong'))).rejects.toThrow(RangeError)
  expect(read).toHaveBeenCalledTimes(2)
})

it('reads a query that is longer than any permalink each time: unknownKeys fill no memory', async () => {
  const { read, questionOf } = counted()
  const long = `size=4&note=${'x'.repeat(800)}`
  for (let time = 0; time < 2; time++) expect(await questionOf(url(long))).toEqual({ size: 4 })
  expect(read).toHaveBeenCalledTimes(2)
})
