import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

import { readEvents } from '../support/events.ts'

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(() => resolve('waits'), milliseconds))
const get = (query: string, signal?: AbortSignal, route = 'experiments'): Promise<Response> =>
  exports.default.fetch(new Request(`http://minibatch.test/api/${route}?${query}`, signal ? { signal } : {}))
/** Of some 5 to 10 seconds: the longest that are allowed. */
const long = (seed: number) => `engine=layers&batchSize=1&epochs=12&seed=${seed}`

/** A client of a stream: it reads on, since who does not read is taken for gone after a while. */
function client(seed: number) {
  const leaving = new AbortController()
  const heard: string[] = []
  let begins!: (how: string) => void
  const begun = new Promise<string>((resolve) => (begins = resolve))
  const read = async () => {
    const response = await get(long(seed), leaving.signal, 'experiments/stream')
    for await (const { event } of readEvents(response)) {
      heard.push(event)
      if (event !== 'waiting') begins(event)
    }
  }
  read().catch((error: unknown) => begins(String(error)))
  return { heard, begun, leave: () => leaving.abort() }
}

it('a client that goes away stops its training, and makes room for one who waits', async () => {
  // The first training loads TensorFlow.js.
  await get('engine=layers&epochs=1')
  const clients = [1, 2, 3, 4].map(client)
  expect(await Promise.all(clients.map(({ begun }) => begun))).toEqual(clients.map(() => 'progress'))
  const next = client(5)
  expect(await Promise.race([next.begun, wait(700)])).toBe('waits')
  expect(next.heard).toContain('waiting')
  // Short ones do not wait for long ones.
  expect((await get('epochs=1&seed=70')).status).toBe(200)

  clients[0]!.leave()
  expect(await next.begun).toBe('progress')
  for (const { leave } of [...clients, next]) leave()
  await wait(100)
  const all = [6, 7, 8, 9].map(client)
  expect(await Promise.all(all.map(({ begun }) => begun))).toEqual(all.map(() => 'progress'))
  for (const { leave } of all) leave()
}, 60_000)

it('a client that goes away while it waits is not served, and keeps nobody waiting', async () => {
  const clients = [11, 12, 13, 14].map(client)
  await Promise.all(clients.map(({ begun }) => begun))
  const [first, second] = [client(15), client(16)]
  await wait(200)
  first.leave()
  expect(await first.begun).toMatch(/abort/i)
  clients[0]!.leave()
  expect(await second.begun).toBe('progress')
  for (const { leave } of [...clients, second]) leave()
}, 60_000)
