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
function listen(
  query: string,
  options: ConstructorParameters<typeof EventSource>[1] = {},
  heard: Heard[] = [],
): Promise<Heard[]> {
  const source = new EventSource(`${served}/api/experiments/stream?histories=0&${query}`, options)
  for (const type of ['progress', 'result', 'problem'])
    source.addEventListener(type, ({ data, lastEventId }) => {
      const { run, epoch } = JSON.parse(data as string) as { run: number; epoch: number }
      heard.push({ type, id: lastEventId, place: run * 200 + epoch })
    })
  return new Promise((resolve) => {
    source.addEventListener('error', () => source.readyState === source.CLOSED && resolve(heard))
  })
}

/** Lets a stream through until the middle of one of its events that has an id, however they share the chunks. */
function cutInEvent(nth: number): TransformStream<Uint8Array, Uint8Array> {
  let text = ''
  return new TransformStream({
    transform(chunk, controller) {
      const sent = text.length
      text += new TextDecoder().decode(chunk)
      const ids = [...text.matchAll(/^id: /gm)]
      const end = ids.length < nth ? text.length : ids[nth - 1]!.index + 2
      controller.enqueue(new TextEncoder().encode(text.slice(sent, end)))
      if (end < text.length) controller.terminate()
    },
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
    const heard: Heard[] = []
    const named: (string | null)[] = []
    const lastHeard: string[] = []
    await listen(
      'batchSize=8&seeds=60&seed=9100',
      {
        fetch: async (url, init) => {
          connections++
          lastHeard.push(heard.at(-1)?.id ?? '')
          named.push(new Headers(init.headers).get('Last-Event-ID'))
          const response = await fetch(url, init)
          if (connections > 1 || !response.body) return response
          return new Response(response.body.pipeThrough(cutInEvent(4)), response)
        },
      },
      heard,
    )
    expect(connections).toBe(3)
    expect(lastHeard[1]).not.toBe('')
    expect(named).toEqual([null, ...lastHeard.slice(1)])
    expect(lastHeard[2]).toBe('end')
    const places = heard.slice(0, -1).map(({ place }) => place)
    expect(places.length).toBeGreaterThan(3)
    expect(new Set(places).size).toBe(places.length)
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(heard.at(-1)).toMatchObject({ type: 'result', id: 'end' })
  }, 60_000)
})
