import { EventSource } from 'eventsource'
import { describe, expect, inject, it } from 'vitest'

const served = inject('served')

/** An event as a client sees it. */
interface Heard {
  type: string
  id: string
  place: number
}

/** How a plain EventSource hears an experiment of 200 epochs until it stops by itself: nobody closes it. */
function listen(query: string, options: ConstructorParameters<typeof EventSource>[1] = {}): Promise<Heard[]> {
  const source = new EventSource(`${served}/api/experiments/stream?histories=0&${query}`, options)
  const heard: Heard[] = []
  for (const type of ['progress', 'result', 'problem'])
    source.addEventListener(type, ({ data, lastEventId }) => {
      const { run, epoch } = JSON.parse(data as string) as { run: number; epoch: number }
      heard.push({ type, id: lastEventId, place: run * 200 + epoch })
    })
  return new Promise((resolve) => {
    source.addEventListener('error', () => source.readyState === source.CLOSED && resolve(heard))
  })
}

describe('an EventSource that nobody closes', () => {
  it('hears the result once, and stops', async () => {
    await (await fetch(`${served}/api/experiments?seed=9001`)).text()
    const queries = ['seed=9001', 'seed=9002', 'engine=layers&batchSize=full&epochs=2']
    for (const heard of await Promise.all(queries.map((query) => listen(query)))) {
      expect(heard.filter(({ type }) => type === 'result')).toHaveLength(1)
      expect(heard.at(-1)).toMatchObject({ type: 'result', id: 'end' })
    }
  }, 30_000)

  it('goes on where it was when its connection breaks, and hears nothing twice', async () => {
    let connections = 0
    const named: (string | null)[] = []
    const heard = await listen('batchSize=8&seeds=60&seed=9100', {
      fetch: async (url, init) => {
        connections++
        named.push(new Headers(init.headers).get('Last-Event-ID'))
        const response = await fetch(url, init)
        if (connections > 1 || !response.body) return response
        // The first connection is cut in the middle of the fourth event.
        let events = 0
        const cut = new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            controller.enqueue(events++ < 3 ? chunk : chunk.subarray(0, 20))
            if (events > 3) controller.terminate()
          },
        })
        return new Response(response.body.pipeThrough(cut), response)
      },
    })
    expect(connections).toBe(3)
    expect(named).toEqual([null, heard[2]!.id, 'end'])
    const places = heard.slice(0, -1).map(({ place }) => place)
    expect(places.length).toBeGreaterThan(3)
    expect(new Set(places).size).toBe(places.length)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(heard.at(-1)).toMatchObject({ type: 'result', id: 'end' })
  }, 60_000)
})
