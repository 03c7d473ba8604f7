import { get as request } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

import { describe, expect, inject, it } from 'vitest'

const served = inject('served')

interface Raw {
  status: number
  headers: NodeJS.Dict<string | string[]>
  /** As it was sent. */
  body: Buffer
}

/** Asks without decoding what comes. */
const get = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<Raw>((resolve, reject) => {
    request(served + path, { headers, method }, (response) => {
      buffer(response).then(
        (body) => resolve({ status: response.statusCode!, headers: response.headers, body }),
        reject,
      )
    }).on('error', reject)
  })

const long = 'seeds=5&epochs=100&seed=8100'

describe.each([
  `/api/experiments?${long}`,
  `/api/experiments.csv?${long}`,
  '/api/dataset',
  '/charts/learning-curves.svg?epochs=100',
  '/playground?epochs=100',
  '/api/openapi.json',
])('%s', (path) => {
  it('comes in fewer bytes to whoever takes gzip, and is the same', async () => {
    const plain = await get(path, { 'Accept-Encoding': 'identity' })
    const compressed = await get(path, { 'Accept-Encoding': 'gzip' })
    expect([plain.status, plain.headers['content-encoding']]).toEqual([200, undefined])
    expect([compressed.status, compressed.headers['content-encoding']]).toEqual([200, 'gzip'])
    expect(compressed.body.length).toBeLessThan(plain.body.length / 2)
    expect(gunzipSync(compressed.body).equals(plain.body)).toBe(true)
    // A file that is sent compressed has an ETag of its own, as ranges are cut from the plain one.
    expect(String(compressed.headers.etag).replace('-gzip"', '"')).toBe(plain.headers.etag)
    for (const coding of ['gzip', 'identity']) {
      const { etag } = coding === 'gzip' ? compressed.headers : plain.headers
      const known = { 'Accept-Encoding': coding, 'If-None-Match': String(etag) }
      const { status, body } = await get(path, known)
      expect([status, body.length]).toEqual([304, 0])
    }
    const head = await get(path, { 'Accept-Encoding': 'gzip' }, 'HEAD')
    expect([head.status, head.body.length, head.headers.etag]).toEqual([200, 0, compressed.headers.etag])
  })
})

describe.each([
  { path: `/api/experiments.csv?${long}`, begin: 'seed,epoch,', vary: 'Accept-Encoding' },
  { path: '/api/dataset', begin: '{"points":[', vary: 'Accept-Encoding' },
  { path: '/api/openapi.json', begin: '{"openapi":', vary: 'Host, Accept-Encoding' },
])('$path', ({ path, begin, vary }) => {
  it('comes as it is to whoever does not take gzip, and caches are told to tell them apart', async () => {
    for (const codings of ['', 'br', 'gzip;q=0', 'gzip; q=0.0, identity', 'x-gzipped']) {
      const { headers, body } = await get(path, codings === '' ? {} : { 'Accept-Encoding': codings })
      const { 'content-encoding': coding } = headers
      // What the platform compresses itself it compresses with brotli, too.
      if (coding !== undefined) expect([path.includes('.csv'), codings, coding]).toEqual([false, 'br', 'br'])
      expect([codings, headers['vary']]).toEqual([codings, vary])
      const text = coding === undefined ? body : brotliDecompressSync(body)
      expect(text.toString('utf8', 0, 11)).toBe(begin)
    }
    expect((await get(path, { 'Accept-Encoding': 'gzip, deflate' })).headers).toMatchObject({
      'content-encoding': 'gzip',
      vary,
    })
  })
})

describe('the CSV', () => {
  const path = `/api/experiments.csv?${long}`

  it('is compressed for whoever takes gzip among others, however it is written', async () => {
    for (const codings of ['gzip, deflate, br', 'br, GZIP;q=0.1'])
      expect((await get(path, { 'Accept-Encoding': codings })).headers).toMatchObject({ 'content-encoding': 'gzip' })
  })

  it('is refused in words that are not compressed', async () => {
    const { status, headers, body } = await get(`${path}&epochs=1`, { 'Accept-Encoding': 'gzip' })
    expect([status, headers['content-encoding'], JSON.parse(body.toString())]).toEqual([
      400,
      undefined,
      expect.objectContaining({ status: 400 }),
    ])
  })
})

it('a stream of events comes as it is: none waits for the next', async () => {
  const { headers, body } = await get(`/api/experiments/stream?${long}`, { 'Accept-Encoding': 'gzip' })
  expect(headers['content-encoding']).toBeUndefined()
  expect(body.toString()).toContain('event: result')
})
