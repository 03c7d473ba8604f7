import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'

import type { Boundary } from '#experiment/result/boundary.ts'
import { ExperimentResult } from '#experiment/result/result.ts'
import { sha256 } from '#experiment/sha256.ts'

import golden from '../golden/stored-kinds.json'

const get = (path: string) => exports.default.fetch(new Request(`http://minibatch.test${path}`))
const boundaryOf = async (query: string) => (await get(`/api/boundary?${query}`)).json<Boundary>()

describe('/api/boundary', () => {
  it('gives the class at every point of a grid a tenth larger than the data', async () => {
    const query = 'noise=1&epochs=50'
    const { classes, columns, rows, extent } = await boundaryOf(query)
    const { points, labels, trainExamples } = await (
      await get(`/api/dataset?${query}`)
    ).json<{ points: [number, number][]; labels: number[]; trainExamples: number }>()
    expect([columns, rows, classes!.length]).toEqual([100, 100, 10_000])
    const xs = points.map(([x]) => x)
    const width = Math.max(...xs) - Math.min(...xs)
    expect(extent.x[1] - extent.x[0]).toBeCloseTo(1.2 * width, 9)

    // At the test points it is right as often as the result says, but for points next to a boundary.
    const { runs } = ExperimentResult.parse(await (await get(`/api/experiments?${query}`)).json())
    const cell = (value: number, [low, high]: [number, number], count: number) =>
      Math.floor(((value - low) / (high - low)) * count)
    const right = points
      .map(([x, y], row) => classes![cell(y, extent.y, rows) * columns + cell(x, extent.x, columns)] === labels[row])
      .slice(trainExamples)
    const accuracy = right.filter(Boolean).length / right.length
    expect(Math.abs(accuracy - runs[0]!.final['testAccuracy']!)).toBeLessThan(0.02)
  })

  it('is that of the first run, trained once', async () => {
    const first = await get('/api/boundary?epochs=3&seed=900')
    expect(first.headers.get('Cache-Status')).toBe('minibatch; fwd=miss')
    const again = await get('/api/boundary?epochs=3&seed=900&seeds=3')
    expect(again.headers.get('Cache-Status')).toBe('minibatch; hit; detail=memory')
    expect(await again.json()).toEqual(await first.json())
  })

  it('has the golden classes and confidences of the engine, to the last bit', async () => {
    const queries = Object.entries(golden).filter(([key]) => key.startsWith('boundary-2-'))
    expect(queries.length).toBeGreaterThan(0)
    const body = await (await get('/api/boundary?batchSize=4')).arrayBuffer()
    expect(await sha256(new Uint8Array(body))).toBe(queries[0]![1])
  })

  it('is null where training diverged', async () => {
    expect(await boundaryOf('learningRate=10&epochs=30')).toMatchObject({
      classes: null,
      confidences: null,
      columns: 100,
    })
  })
})
