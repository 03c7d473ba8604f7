import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(() => resolve('waits'), milliseconds))
const get = (query: string, signal?: AbortSignal, route = 'experiments') =>
  exports.default.fetch(new Request(`http://minibatch.test/api/${route}?${query}`, signal ? { signal } : {}))
/** Of some 20 seconds. */
const long = (seed: number) => `engine=layers&batchSize=1&epochs=60&seed=${seed}`

/** A client of a stream, which begins to be answered when its training begins. */
function client(seed: number) {
  const leaving = new AbortController()
  const answer = get(long(seed), leaving.signal, 'experiments/stream').then(
    ({ status, body }) => {
      // Who does not read is taken for gone after a while.
      body?.pipeTo(new WritableStream()).catch(() => {})
      return status
    },
    (error: unknown) => String(error),
  )
  return { answer, leave: () => leaving.abort() }
}

it('a client that goes away stops its training, and makes room for one who waits', async () => {
  // The first training loads TensorFlow.js.
  await get('engine=layers&epochs=1')
  const clients = [1, 2, 3, 4].map(client)
  expect(await Promise.all(clients.map(({ answer }) => answer))).toEqual([200, 200, 200, 200])
  const next = client(5)
  expect(await Promise.race([next.answer, wait(700)])).toBe('waits')
  // Short ones do not wait for long ones.
  expect((await get('epochs=1&seed=70')).status).toBe(200)

  clients[0]!.leave()
  expect(await next.answer).toBe(200)
  for (const { leave } of [...clients, next]) leave()
  await wait(100)
  const all = [6, 7, 8, 9].map(client)
  expect(await Promise.all(all.map(({ answer }) => answer))).toEqual([200, 200, 200, 200])
  for (const { leave } of all) leave()
}, 60_000)

it('a client that goes away while it waits is not served, and keeps nobody waiting', async () => {
  const clients = [11, 12, 13, 14].map(client)
  await Promise.all(clients.map(({ answer }) => answer))
  const [first, second] = [client(15), client(16)]
  await wait(200)
  first.leave()
  expect(await first.answer).toMatch(/abort/i)
  clients[0]!.leave()
  expect(await second.answer).toBe(200)
  for (const { leave } of [...clients, second]) leave()
}, 60_000)
