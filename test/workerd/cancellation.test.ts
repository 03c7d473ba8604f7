import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))
const get = (query: string, signal?: AbortSignal) =>
  exports.default.fetch(new Request(`http://minibatch.test/api/experiments?${query}`, signal ? { signal } : {}))
/** Of some 20 seconds. */
const long = (seed: number) => `engine=layers&batchSize=1&epochs=60&seed=${seed}`

it('a client that goes away stops its training, and makes room for another', async () => {
  // The first training loads TensorFlow.js.
  await get('engine=layers&epochs=1')
  const clients = [1, 2, 3, 4].map((seed) => {
    const leaving = new AbortController()
    const answer = get(long(seed), leaving.signal).catch((error: unknown) => String(error))
    return { leave: () => leaving.abort(), answer }
  })
  await wait(500)
  const refused = await get('epochs=1&seed=70')
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '2'])

  clients[0]!.leave()
  expect(await clients[0]!.answer).toMatch(/abort/i)
  await wait(100)
  expect((await get('epochs=1&seed=71')).status).toBe(200)

  for (const { leave } of clients) leave()
  await Promise.all(clients.map(({ answer }) => answer))
  await wait(100)
  const all = await Promise.all([72, 73, 74, 75].map((seed) => get(`epochs=1&seed=${seed}`)))
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200])
}, 60_000)
