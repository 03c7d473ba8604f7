/** Tables in parts, as readers that load them piece by piece ask for them. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { header, startApp, type StartedApp } from '../../support/app.ts'

const routes = ['/api/experiments.csv?epochs=9&seeds=4', '/api/sweep.csv?batchSize=4,32,full&epochs=3']

const textOf = async ({ get }: StartedApp, path: string) => (await get(path)).text()
const range = (app: StartedApp, path: string, of: string, more: Record<string, string> = {}) =>
  app.get(path, { headers: { Range: of, ...more } })

describe.each(routes)('%s', (path) => {
  it('tells its length to HEAD, where the client takes it as it is', async () => {
    const app = startApp()
    const head = await app.get(path, { method: 'HEAD' })
    expect(Object.fromEntries(head.headers)).toMatchObject({
      'content-length': String((await textOf(app, path)).length),
      'accept-ranges': 'bytes',
      'content-type': 'text/csv; charset=utf-8; header=present',
      vary: 'Accept-Encoding',
    })
    expect(await head.text()).toBe('')
  })

  it('trains for a HEAD that asks for a length, and for no other', async () => {
    const app = startApp({ trainings: 'off' })
    const packed = await app.get(path, { method: 'HEAD', headers: { 'Accept-Encoding': 'gzip' } })
    expect([packed.status, header(packed, 'Content-Length'), header(packed, 'Accept-Ranges')]).toEqual([
      200,
      null,
      'bytes',
    ])
    const known = await app.get(path, { method: 'HEAD', headers: { 'If-None-Match': header(packed, 'ETag')! } })
    expect(known.status).toBe(304)
    expect((await app.get(path, { method: 'HEAD' })).status).toBe(503)
  })

  it('comes in any range, and the ranges together are the file', async () => {
    const app = startApp()
    const text = await textOf(app, path)
    const { length } = text
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.nat(2 * length), async (first, more) => {
        const part = await range(app, path, `bytes=${first}-${first + more}`)
        const last = Math.min(first + more, length - 1)
        expect([part.status, header(part, 'Content-Range'), header(part, 'Content-Length')]).toEqual([
          206,
          `bytes ${first}-${last}/${length}`,
          String(last - first + 1),
        ])
        expect(await part.text()).toBe(text.slice(first, last + 1))
      }),
      { numRuns: 60, seed: 5 },
    )
    const ends: [string, string][] = [
      ['bytes=7-', text.slice(7)],
      ['bytes=-7', text.slice(-7)],
      [`bytes=-${length + 9}`, text],
      ['BYTES = 0-0', text.slice(0, 1)],
    ]
    for (const [of, expected] of ends) expect([of, await (await range(app, path, of)).text()]).toEqual([of, expected])
  })

  it('has no range beyond its end, and says how long it is', async () => {
    const app = startApp()
    const { length } = await textOf(app, path)
    for (const of of [`bytes=${length}-`, `bytes=${length}-${length + 5}`, 'bytes=-0']) {
      const refused = await range(app, path, of)
      expect([of, refused.status, header(refused, 'Content-Range')]).toEqual([of, 416, `bytes */${length}`])
      expect(await refused.json()).toMatchObject({ status: 416, detail: `The file has ${length} bytes.` })
    }
  })

  it('comes whole where the range is none, or several, or of something else', async () => {
    const app = startApp()
    const text = await textOf(app, path)
    for (const of of ['bytes=5-3', 'bytes=-', 'bytes=0-1,3-4', 'rows=0-1', 'bytes=a-b']) {
      const whole = await range(app, path, of)
      expect([of, whole.status, await whole.text()]).toEqual([of, 200, text])
    }
  })

  it('goes on with the same file alone: If-Range names the strong ETag of a part', async () => {
    const app = startApp()
    const etag = header(await range(app, path, 'bytes=0-0'), 'ETag')!
    expect(etag).toMatch(/^"/)
    const status = async (condition: string) => (await range(app, path, 'bytes=1-2', { 'If-Range': condition })).status
    expect(await status(etag)).toBe(206)
    for (const other of [`W/${etag}`, '"another"', new Date(0).toUTCString()])
      expect([other, await status(other)]).toEqual([other, 200])
    // The part and the whole file are one representation.
    expect(header(await app.get(path), 'ETag')).toBe(`W/${etag}`)
  })

  it('is compressed as a whole alone', async () => {
    const app = startApp()
    const both = await range(app, path, 'bytes=0-9', { 'Accept-Encoding': 'gzip' })
    expect([both.status, header(both, 'Content-Encoding'), header(both, 'Vary')]).toEqual([
      206,
      null,
      'Accept-Encoding',
    ])
    expect(await both.text()).toHaveLength(10)
  })

  it('comes whole to a browser that has the compressed file and asks for a range', async () => {
    const app = startApp()
    const text = await textOf(app, path)
    const gzip = { 'Accept-Encoding': 'gzip' }
    const packed = header(await app.get(path, { headers: gzip }), 'ETag')!
    const plain = header(await app.get(path), 'ETag')!
    expect(packed).not.toBe(plain)
    const status = async (etag: string, more: Record<string, string>) =>
      (await app.get(path, { headers: { 'If-None-Match': etag, ...more } })).status
    // As Chromium asks. Were it told that its file is still good, it would cut the range from that; and it asks for no
    // more bytes than that has, whatever its page wants.
    const part = { Range: 'bytes=0-9', 'Accept-Encoding': 'identity' }
    const whole = await app.get(path, { headers: { 'If-None-Match': packed, ...part } })
    expect([whole.status, header(whole, 'ETag'), await whole.text()]).toEqual([200, plain, text])
    expect([await status(plain, part), await status('"another"', part)]).toEqual([304, 206])
    // A whole file that is asked for again is still good, however it was sent.
    for (const etag of [packed, plain]) expect([await status(etag, gzip), await status(etag, {})]).toEqual([304, 304])
  })

  it('lets pages of every origin read what tells the parts apart', async () => {
    const part = await range(startApp(), path, 'bytes=0-9')
    expect(header(part, 'Access-Control-Expose-Headers')?.split(',')).toEqual(
      expect.arrayContaining(['Accept-Ranges', 'Content-Length', 'Content-Range']),
    )
  })
})

it('other answers are never in ranges', async () => {
  const answer = await range(startApp(), '/api/presets', 'bytes=0-9')
  expect([answer.status, header(answer, 'Accept-Ranges')]).toEqual([200, null])
})

it('a table of many runs makes the pieces that a range needs, and is counted once', async () => {
  const app = startApp()
  const path = '/api/experiments.csv?epochs=400&seeds=40'
  const text = await textOf(app, path)
  const part = await range(app, path, `bytes=${text.length - 100}-`)
  expect(await part.text()).toBe(text.slice(-100))
  // Piece by piece, as PapaParse loads a file.
  let all = ''
  for (let next = 0; next < text.length; next += 100_000)
    all += await (await range(app, path, `bytes=${next}-${next + 99_999}`)).text()
  expect(all).toBe(text)
})
