import { expect, it } from 'vitest'

import { RequestQueue } from '../../../../site/src/client/request-queue.ts'

const { signal: never } = new AbortController()
const moment = () => new Promise((resolve) => setTimeout(resolve, 5))

/** A queue, what has begun in it, and how to end it. */
function queueOf(most: number) {
  const queue = new RequestQueue(most)
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const add = (name: string, signal = never) =>
    queue.run(() => {
      begun.push(name)
      return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
    }, signal)
  const end = async (name: string) => {
    ends.get(name)!()
    await moment()
  }
  return { queue, begun, add, end }
}

it('a few go on at the same time, the others in the order in which they came', async () => {
  const { begun, add, end } = queueOf(2)
  const all = ['a', 'b', 'c', 'd'].map((name) => add(name))
  await moment()
  expect(begun).toEqual(['a', 'b'])
  await end('b')
  expect(begun).toEqual(['a', 'b', 'c'])
  for (const name of ['a', 'c', 'd']) await end(name)
  expect(await Promise.all(all)).toEqual(['a', 'b', 'c', 'd'])
})

it('one that is stopped while it waits never begins, and keeps nobody waiting', async () => {
  const { begun, add, end } = queueOf(1)
  const stopping = new AbortController()
  const [first, second, third] = [add('a'), add('b', stopping.signal), add('c')]
  stopping.abort(new Error('stopped'))
  await expect(second).rejects.toThrow('stopped')
  await end('a')
  await end('c')
  expect(await Promise.all([first, third])).toEqual(['a', 'c'])
  expect(begun).toEqual(['a', 'c'])
  await expect(add('d', stopping.signal)).rejects.toThrow('stopped')
})

it('one that fails makes room for the next', async () => {
  const { queue, add, end } = queueOf(1)
  await expect(queue.run(() => Promise.reject(new Error('failed')), never)).rejects.toThrow('failed')
  const next = add('a')
  await moment()
  await end('a')
  expect(await next).toBe('a')
})
