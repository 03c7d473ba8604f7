/** Tables in parts, as the real `wrangler dev` sends them: the platform has its own ways with lengths. */
import { get as request } from 'node:http'
import { text } from 'node:stream/consumers'

import { describe, expect, inject, it } from 'vitest'

const served = inject('served')

const ask = (path: string, method: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    request(served + path, { headers, method }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode!, headers: response.headers, body }), reject)
    }).on('error', reject)
  })

describe.each([
  '/api/experiments.csv?seeds=5&epochs=100&seed=8200',
  '/api/sweep.csv?batchSize=4,32&epochs=20&seed=8200',
])('%s', (path) => {
  it('tells its length before it is loaded, and comes in parts that have theirs', async () => {
    // As polars and other readers of remote tables ask: nothing is trained yet.
    const head = await ask(path, 'HEAD')
    const length = Number(head.headers['content-length'])
    expect([head.status, head.headers['accept-ranges'], length > 100]).toEqual([200, 'bytes', true])
    const first = await ask(path, 'GET', { Range: 'bytes=0-0' })
    expect([first.status, first.headers['content-length'], first.headers['content-range']]).toEqual([
      206,
      '1',
      `bytes 0-0/${length}`,
    ])
    const rest = await ask(path, 'GET', { Range: 'bytes=1-', 'Accept-Encoding': 'gzip' })
    expect([rest.headers['content-length'], rest.headers['content-encoding']]).toEqual([String(length - 1), undefined])
    const whole = await ask(path, 'GET')
    expect(first.body + rest.body).toBe(whole.body)
    expect(whole.body).toHaveLength(length)
  })
})
